"""Two weightings side by side: all that differs, nothing that does not, and sentences that agree with their counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import catalogue, comparing, policy
from metrics.comparing import Difference, Slope, differences, finding, slope_text, slopes
from metrics.policy import Fixed, Policy
from metrics.standing import Result, Standing
from metrics.versions import resolved
from metrics.words import LANGUAGES

NARROW = "\u202f"


def base(name: str = "equal") -> Policy:
    return resolved(policy.load(name))


def lines(one: Policy, other: Policy, language: str = "en") -> list[str]:
    return [found.text(language).replace(NARROW, " ") for found in differences(one, other, language, "XOF")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", policy.names())
def test_a_policy_differs_in_nothing_from_itself(name: str, language: str) -> None:
    assert differences(base(name), base(name), language) == []


def test_weights_of_the_same_proportion_do_not_differ() -> None:
    one = base()
    double = one.with_theme_weights({cell.path: 2 * cell.weight for cell in (*one.nodes, *one.leaves) if cell.path})
    assert differences(one, double, "en") == []


@given(share=st.floats(0, 100))
def test_another_social_share_is_the_one_thing_that_differs(share: float) -> None:
    found = differences(base(), base().with_social(share), "en")
    assert [one.kind for one in found] == ([] if abs(share - 50) < 1e-9 else ["share"])


def test_each_thing_that_differs_is_a_line() -> None:
    one = base()
    leaves = [replace(leaf, goalposts=(0.2, 0.0)) if leaf.indicator == "par30" else leaf for leaf in one.leaves]
    nodes = [replace(node, exponent=0.0, epsilon=0.2) if node.path == "social" else node for node in one.nodes]
    settings = {**one.settings, "complaint_days": 15, "par_overdue_amount": True, "renegotiated_at_risk": False}
    other = replace(
        one, nodes=tuple(nodes), leaves=tuple(leaves), settings=Fixed(tuple(settings.items())), health_limit=55.0,
        limits=Fixed((("par30", (0.04, 0.08)), ("average_loan_balance_gni", (None, 2.0)))),
    ).with_social(60)  # fmt: skip
    found = lines(one, other)
    assert found == [
        "Social share: 50 % → 60 %",
        "Goalposts of Portfolio at risk over 30 days: 15 % to 0 % → 20 % to 0 %",
        "Amber limit of Portfolio at risk over 30 days: none → 4 %",
        "Red limit of Portfolio at risk over 30 days: none → 8 %",
        f"Red limit of {catalogue.indicators()['average_loan_balance_gni'].text('en', 'title')}: none → 200 %",
        "How social health is combined: plain mean → mean with exponent 0, shift 0.20",
        "Limit of the healths: 50 → 55",
        "PAR30 means: MIX: over 30 days late, and all renegotiated loans"
        " → Arrears over 30 days: the late instalments only",
        "Complaints on time: within 30 days → within 15 days",
    ]  # fmt: skip
    assert lines(other, one)[0] == "Social share: 60 % → 50 %"
    assert lines(one, other, "fr")[0] == "Part sociale : 50 % → 60 %"


def test_a_weight_is_told_as_its_share_and_what_is_not_counted_as_that() -> None:
    one = base()
    gone = next(leaf for leaf in one.leaves if leaf.indicator == "par30")
    found = differences(one, one.without([gone.path]), "en")
    assert {one.kind for one in found} == {"weight"}
    assert found[0].after == "not counted" or any(line.after == "not counted" for line in found)
    heavier = one.with_theme_weights({gone.path: gone.weight + 5})
    siblings = [leaf.path for leaf in one.leaves if leaf.path.rpartition("/")[0] == gone.path.rpartition("/")[0]]
    assert len(differences(one, heavier, "en")) == len(siblings)


@pytest.mark.parametrize("one", policy.names())
@pytest.mark.parametrize("other", policy.names())
def test_shipped_policies_compare_in_both_languages_and_the_same_both_ways(one: str, other: str) -> None:
    there, back = (differences(base(a), base(b), "fr") for a, b in ((one, other), (other, one)))
    assert sorted((d.name, d.before, d.after) for d in there) == sorted((d.name, d.after, d.before) for d in back)
    assert all(d.before != d.after for d in there)


def result(**ranks: int | None) -> Result:
    units = [Standing(n, n.title(), 50.0, 50.0, 50.0, rank, "critical" if rank == 9 else "within", "")
             for n, rank in ranks.items()]  # fmt: skip
    return Result(units[0], tuple(units), Fixed((("en", "x"), ("fr", "y"))))


def test_units_slope_from_rank_to_rank_in_words() -> None:
    found = slopes(result(a=1, b=2, c=3, d=None, e=4), result(a=1, b=3, c=2, d=None, f=9))
    assert [(one.name, one.rank, slope_text(one, "en")) for one in found] == [
        ("A", (1, 1), "same place"), ("B", (2, 3), "1 place down"), ("C", (3, 2), "1 place up"),
        ("E", (4, None), "in A only"), ("F", (None, 9), "in B only"), ("D", (None, None), "no rank"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moved", "coloured", "said"),
    [
        (0, 0, "No rank and no colour differs."),
        (1, 0, "1 branch has another rank; no colour changes."),
        (2, 1, "2 branches have another rank; 1 changes colour."),
        (0, 2, "Every rank stays; 2 change colour."),
    ],
)
def test_the_finding_agrees_with_its_counts(moved: int, coloured: int, said: str) -> None:
    found = [Slope(f"{n}", f"{n}", (1, 2), ("within", "within"), (1.0, 1.0)) for n in range(moved)]
    found += [Slope(f"c{n}", f"c{n}", (1, 1), ("within", "below"), (1.0, 1.0)) for n in range(coloured)]
    assert finding(found, "branch", "en") == said
    assert "{" not in finding(found, "branch", "fr")


def test_an_order_is_kept_for_every_kind() -> None:
    assert set(comparing.ORDER) >= {"share", "weight", "goalposts", "limits", "exponent", "definition"}
    assert Difference("share", "a", "b", "c").text("en") == "a: b → c"
