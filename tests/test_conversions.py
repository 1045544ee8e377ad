"""Money and people of a change are those of the indicator's own definition, or nothing."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from metrics import behind as rows_behind
from metrics import conversions
from metrics.catalogue import indicators
from metrics.conversions import RULES, SUMS, Behind, amounts_text, assumption, converted, rounded
from metrics.picture import picture, resolved
from metrics.policy import load
from metrics.policy_toml import SETTINGS
from metrics.store import Store
from metrics.units import score_all
from metrics.words import LANGUAGES
from tests.fresh import sample

BRANCH = Behind(
    n=40000, coverage=None, portfolio=4.174e9, loans=13500, borrowers=40000,
    parts={"average_glp": 4e9, "personnel": 22.0, "start_personnel": 18.0, "glp": 4.2e9, "start_glp": 3.8e9,
           "financial_expense": 1e6, "net_impairment_loss": 2e6, "operating_expense": 7e6},
    settings=dict(SETTINGS),
)  # fmt: skip
OWN_BASES = {"n", "whole", "portfolio", "loans", "borrowers", "mean_personnel"}


def said(indicator: str, before: float, after: float, behind: Behind = BRANCH, language: str = "en") -> str:
    """A change in money and people, with plain spaces."""
    return amounts_text(language, converted(indicator, before, after, behind), "XOF").replace("\u202f", " ")


SAID = [
    ("par30", 0.072, 0.049, "96.0 m FCFA less at risk, about 310 loans"),
    ("retention_rate", 0.71, 0.75, "about 1,600 clients"),
    ("overindebted_share", 0.24, 0.2, "about 1,600 clients"),
    ("write_off_ratio", 0.02, 0.03, "40.0 m FCFA more written off a year"),
    ("oss", 0.9, 1.1, "2.0 m FCFA more revenue a year"),
    ("staff_turnover", 0.4, 0.35, "1 employee"),
    ("staff_turnover", 0.4, 0.2, "4 employees"),
    ("staff_turnover", 0.4, 0.39, ""),
    ("borrowers_per_loan_officer", 500.0, 400.0, "20 more loan officers"),
    ("borrowers_per_loan_officer", 400.0, 404.0, "1 fewer loan officer"),
    ("quality_of_life_improved", 0.5, 0.6, "about 4,000 clients"),
    ("nps", 0.1, 0.3, ""),
    ("complaint_resolution_days", 20.0, 10.0, ""),
    ("sector_hhi", 0.4, 0.3, ""),
    ("par30", 0.05, 0.05, ""),
]


@pytest.mark.parametrize(("indicator", "before", "after", "text"), SAID)
def test_a_change_in_money_and_people(indicator: str, before: float, after: float, text: str) -> None:
    assert said(indicator, before, after) == text


def test_in_french_one_and_many() -> None:
    assert said("par30", 0.072, 0.049, language="fr") == "96,0 M FCFA de moins à risque, environ 310 prêts"
    assert said("staff_turnover", 0.4, 0.35, language="fr") == "1 salarié"


@pytest.mark.many
@pytest.mark.parametrize("indicator", RULES)
def test_without_a_base_there_is_no_amount(indicator: str) -> None:
    nothing = Behind(None, None, None, None, None, {}, dict(SETTINGS))
    assert converted(indicator, 0.2, 0.1, nothing) == ()
    assert converted(indicator, 0.2, 0.1, replace(nothing, n=0, portfolio=0, loans=0, borrowers=0)) == ()


@pytest.mark.parametrize("indicator", RULES)
def test_a_rule_reads_only_what_its_indicator_reads(indicator: str) -> None:
    known = indicators()[indicator]
    parts = {part for names in known.parts.values() for part in names}
    for rule in RULES[indicator]:
        assert rule.base in OWN_BASES or set(SUMS.get(rule.base, (rule.base,))) <= parts, rule
        if rule.base == "mean_personnel":
            assert {"personnel", "start_personnel"} <= parts or {"loan_officers", "start_loan_officers"} <= parts
    assert known.unit == "%" or indicator == "borrowers_per_loan_officer"


def test_two_point_averages_are_followed_where_the_policy_has_them() -> None:
    two = replace(BRANCH, settings={**SETTINGS, "two_point_averages": True}, parts={**BRANCH.parts, "average_glp": 1.0})
    (amount,) = converted("write_off_ratio", 0.02, 0.03, two)
    assert amount.base == 4e9


def test_where_only_the_overdue_part_counts_nothing_is_said_of_loans() -> None:
    other = replace(BRANCH, settings={**SETTINGS, "par_overdue_amount": True})
    assert [amount.kind for amount in converted("par30", 0.1, 0.05, other)] == ["money"]


def test_a_share_of_those_who_are_known_is_taken_for_all_and_said_so() -> None:
    part = replace(BRANCH, n=300, coverage=0.75)
    (amount,) = converted("overindebted_share", 0.2, 0.1, part)
    assert amount.size == pytest.approx(-40)
    text = assumption("en", amount, part, "XOF", "30 Sep 2026")
    assert text == "Known for 300 of 400 on 30 Sep 2026, taken to hold for all."


@pytest.mark.many
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", RULES)
def test_every_amount_says_what_it_rests_on(indicator: str, language: str) -> None:
    parts = {name: 5e6 for names in indicators()[indicator].parts.values() for name in names}
    given = replace(BRANCH, parts=parts)
    found = converted(indicator, 0.5, 0.25, given)
    assert found and amounts_text(language, found, "XOF")
    for amount in found:
        text = assumption(language, amount, given, "XOF", "30 Sep 2026").replace("\u202f", "")
        assert amount.kind == "money" or f"{round(amount.base)}" in re.sub(r"[.,\s]", "", text)


@pytest.mark.parametrize(
    ("count", "shown"), [(0.4, 0), (0.5, 1), (99.6, 100), (104, 100), (105, 110), (1637, 1600), (-308, 310)]
)
def test_people_are_said_one_by_one_up_to_a_hundred_and_in_two_figures_beyond(count: float, shown: int) -> None:
    assert rounded(count) == shown


def test_on_the_sample_a_base_times_its_share_is_a_count_of_the_books(tmp_path: Path) -> None:
    """The base is the denominator: the numerator that follows from it is a whole number of clients, loans or staff."""
    sample(tmp_path)
    store = Store.open(tmp_path, "sample")
    cursor, policy = store.cursor(), resolved(load("equal"))
    shown, known = picture(cursor, load("equal")), score_all(cursor, policy, "branch", [])
    frame, tried = known.frame[known.frame["period"] == shown.as_of], 0
    frame = frame[frame["unit"].isin(["kolo", "baro"]) & frame["indicator"].isin(list(RULES))]
    for row in frame.itertuples():
        inputs = rows_behind.inputs(cursor, indicators()[row.indicator], "branch", row.unit, shown.as_of)
        parts = {part: float(value) for _, part, value in inputs if value is not None}
        coverage = None if row.coverage != row.coverage else row.coverage
        given = Behind(row.n, coverage, *known.sizes[shown.as_of, row.unit], parts, policy.settings)
        for rule in RULES.get(row.indicator, ()):
            if rule.base in ("n", "mean_personnel") or (rule.base == "whole" and coverage in (None, 1.0)):
                base = given.base(row.indicator, rule.base)
                assert base is not None
                assert row.value * base == pytest.approx(round(row.value * base), abs=1e-6), (row, base)
                tried += 1
            elif rule.base == "portfolio" and row.indicator == "par30":
                assert row.value * (given.portfolio or 0) == pytest.approx(
                    parts["late_over_30"] + parts["renegotiated_not_late"]
                )
                tried += 1
            elif rule.base == "average_glp":
                base = given.base(row.indicator, rule.base)
                spent = parts.get("write_offs", parts.get("operating_expense"))
                assert row.value * (base or 0) == pytest.approx(spent)
                tried += 1
    assert tried > 10
    assert conversions.converted("par30", 0.1, 0.05, given)[0].size == pytest.approx(-0.05 * (given.portfolio or 0))
    store.close()
