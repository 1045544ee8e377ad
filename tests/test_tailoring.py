"""Needs by segment: what is counted, what stands out after all looks, what the rules say, what was answered."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import records, tailoring
from metrics.__main__ import main
from metrics.errors import DefinitionError, EvenkeelError
from metrics.policy import load
from metrics.store import Store
from metrics.tailoring import looks, signals, telling, verdicts
from metrics.tailoring.rules import DIMENSIONS, FILE, Rules, read, shipped
from metrics.tailoring.verdicts import ACCEPTED, NEED, REJECTED
from metrics.words import LANGUAGES
from tests import fresh
from tests.prove.tailoring import planted, shuffled
from tests.records import DAY, loan, opened

Row = Mapping[str, object]
TEXT = FILE.read_text(encoding="utf-8")
ONE_RULE = """
[signal.exit]
from = "answer"
question = "exit_reason"
codes = ["group"]
of = ["group", "other"]
en = "{share} of those who left ({segment}) cite the group"
[rule.meet]
signal = "exit"
segments = ["gender", "gender x location"]
watch = "retention_rate"
limits = ["par30"]
en = { title = "Fewer meetings", suggestion = "Try fortnightly meetings." }
fr = { title = "Moins de réunions", suggestion = "Essayer des réunions par quinzaine." }
"""


def cells(*rows: tuple[str, str, int, int]) -> dict[str, pd.DataFrame]:
    """Counts of the one signal: gender, location, people, hits."""
    unknown = dict.fromkeys(DIMENSIONS, "")
    return {"exit": pd.DataFrame([{**unknown, "gender": g, "location": w, "n": n, "hits": x} for g, w, n, x in rows])}


def found(*rows: tuple[str, str, int, int], **changed: str) -> looks.Looked:
    """A run of the one rule."""
    return looks.looked(cells(*rows), rules(**changed))


def rules(**changed: str) -> Rules:
    """The one rule, with some of its lines replaced."""
    text = ONE_RULE
    for name, value in changed.items():
        text = text.replace('watch = "ret', f'{name} = {value}\nwatch = "ret')
    return read(text)


def test_the_issues_own_example_is_said_in_one_sentence() -> None:
    run = found(("F", "rural", 84, 26), ("F", "urban", 100, 12), ("M", "urban", 100, 12), ("M", "rural", 100, 12))
    told = telling.sentence(run.needs[0], "en", telling.Names()).replace("\u202f", " ")
    assert told == (
        "31 % of those who left (women, rural) cite the group, n 84, against 12 % elsewhere (n 300), "
        "95 % interval of the gap 9 to 30 points. Try fortnightly meetings."
    )


def test_a_segment_is_compared_with_everyone_elsewhere_by_hand() -> None:
    run = found(("F", "rural", 100, 50), ("F", "urban", 100, 10), ("M", "rural", 100, 10), ("M", "urban", 100, 10))
    need = run.needs[0]
    assert (need.share, need.n, need.elsewhere, need.others) == (0.5, 100, 0.1, 300)


def test_who_lacks_a_trait_is_nobody_elsewhere_either() -> None:
    run = found(("F", "", 100, 50), ("M", "", 100, 10), ("", "", 5000, 5000))
    assert [(need.segment, need.others) for need in run.needs] == [((("gender", "F"),), 100)]


@pytest.mark.parametrize("n", [29, 30])
def test_thirty_people_are_the_least(n: int) -> None:
    assert bool(found(("F", "", n, n), ("M", "", 400, 10)).needs) == (n == 30)


def test_a_gap_below_the_least_is_no_need_however_certain() -> None:
    assert found(("F", "", 50000, 10000), ("M", "", 50000, 7000)).needs == ()


def test_a_rule_for_some_segments_looks_at_no_other() -> None:
    rows = (("F", "rural", 100, 10), ("M", "rural", 100, 60), ("M", "urban", 100, 60), ("F", "urban", 100, 10))
    assert found(*rows, must='["gender=F"]').needs == ()
    assert found(*rows).needs[0].segment == (("gender", "M"),)


def test_the_plainest_segment_leads_its_rule_and_the_others_follow() -> None:
    run = found(("F", "rural", 200, 120), ("F", "urban", 200, 80), ("M", "rural", 200, 10), ("M", "urban", 200, 10))
    assert [looks.key(one.segment) for one in (run.needs[0], *run.needs[0].also)] == [
        "gender=F", "gender=F+location=rural", "gender=F+location=urban",
    ]  # fmt: skip


@given(st.integers(0, 10_000))
def test_all_answers_alike_bring_no_need(seed: int) -> None:
    n = 30 + seed % 90
    assert found(("F", "rural", n, n), ("M", "urban", 2 * n, 2 * n), ("M", "rural", n, n)).needs == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('signal = "exit"', 'signal = "exits"', "names exits"),
        ('["gender", "gender x location"]', '["sex"]', "names sex"),
        ('watch = "retention_rate"', 'watch = "retention"', "names retention"),
        ('limits = ["par30"]', 'limits = ["par3"]', "names par3"),
        ('codes = ["group"]', 'codes = ["groups"]', "groups"),
        ('limits = ["par30"]', 'limit = ["par30"]', "key limit"),
        ('from = "answer"', 'from = "answers"', "names answers"),
        ("[rule.meet]", "[rule.meet", "cannot be read"),
    ],
)
def test_a_rule_file_with_a_fault_is_refused_with_a_sentence(old: str, new: str, says: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        read(ONE_RULE.replace(old, new))
    assert says in refused.value.text("en")


def test_a_rule_never_looks_at_fewer_than_ten() -> None:
    assert rules(least_n="3").rules[0].least_n == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_rule_speaks_both_languages(language: str) -> None:
    for rule in shipped().rules:
        assert rule.title(language)
        assert rule.suggestion(language).endswith(".")
        assert {"{share}", "{segment}"} <= set(rule.signal.text(language).replace("(", " ").replace(")", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_are_shown_as_a_table_of_all(language: str) -> None:
    assert len(telling.rules_frame(shipped(), language)) == TEXT.count("\n[rule.")


def month(ago: int) -> date:
    """A month-end so many months before the last day."""
    return (pd.Timestamp(DAY) - pd.offsets.MonthEnd(ago)).date()


def late(name: str, *days: int) -> list[Row]:
    """The snapshots of a loan, the oldest first, late by so many days."""
    return [loan(name, as_of=month(len(days) - 1 - k), days_past_due=x) for k, x in enumerate(days)]


def hits(store: Store, signal: str) -> tuple[int, int]:
    """People and hits of a shipped signal."""
    frame = signals.cells(store.cursor(), DAY, shipped().signals)[signal]
    return int(frame["n"].sum()), int(frame["hits"].sum())


def test_who_fell_behind_for_a_season_and_caught_up_by_hand(tmp_path: Path) -> None:
    book = [
        *late("season", 0, 0, 40, 45, 0, 0), *late("always", 40, 40, 40, 40, 40, 40), *late("never", 0, 0, 0, 0, 0, 0),
        *late("still", 0, 0, 0, 0, 0, 40), *late("at_30", 0, 0, 30, 30, 0, 0), *late("short", 40, 0),
    ]  # fmt: skip
    assert hits(opened(tmp_path, loans=book), "late_for_a_while") == (5, 1)


def test_who_left_within_the_year_by_hand(tmp_path: Path) -> None:
    people = [
        {"client_id": name, "joined_on": date(2020, 1, 1), "exited_on": left}
        for name, left in [("a", None), ("b", date(2025, 9, 30)), ("c", date(2025, 10, 1)), ("d", DAY)]
    ]
    assert hits(opened(tmp_path, clients=people, loans=[loan("x", client_id="a")]), "left") == (3, 2)


@pytest.mark.parametrize(("whose", "counted"), [("c1", (2, 1)), (None, (0, 0))])
def test_refusals_that_do_not_say_whose_they_are_say_nothing(
    tmp_path: Path, whose: str | None, counted: tuple[int, int]
) -> None:
    asked = [
        {"application_id": "1", "applied_on": DAY, "decision": "rejected", "client_id": whose},
        {"application_id": "2", "applied_on": DAY, "decision": "approved", "client_id": "c2"},
    ]
    store = opened(tmp_path, applications=asked, loans=[loan("1"), loan("2")])
    assert hits(store, "refused_though_good") == counted


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("needs")
    fresh.sample(folder)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The sample's store, one's own copy."""
    return fresh.open_copy(tmp_path)


def test_the_sample_shows_where_clients_leave(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--data", str(sample), "needs", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    assert "keep_clients/branch=doukoro" in {row["need"] for row in rows if row["lead"]}


def test_the_rules_are_listed_at_the_command_line(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(sample), "needs", "--rules", "--format", "csv"])
    assert "Instalments after the harvest" in capsys.readouterr().out


def test_a_verdict_keeps_the_figures_that_were_seen_and_is_read_back(store: Store) -> None:
    need = tailoring.found(store.cursor(), DAY).needs[0]
    records.save(store, NEED, need.id, verdicts.body(need, ACCEPTED, DAY), "Head of operations")
    kept = verdicts.listed(store.cursor())[need.id]
    assert (kept.verdict, kept.share, kept.n) == (ACCEPTED, round(need.share, 4), need.n)
    counted = signals.cells(store.cursor(), DAY, shipped().signals)[need.rule.signal.name]
    assert verdicts.now(counted, kept.segment) == (need.share, need.n)


@pytest.mark.parametrize(
    ("verdict", "reason", "key"),
    [(REJECTED, "", "needs.no_reason"), (REJECTED, "  ", "needs.no_reason"), ("maybe", "x", "needs.no_verdict")],
)
def test_a_suggestion_is_not_rejected_without_a_reason(tmp_path: Path, verdict: str, reason: str, key: str) -> None:
    store = opened(tmp_path, loans=[loan("x")])
    need = found(("F", "", 100, 50), ("M", "", 100, 10)).needs[0]
    with pytest.raises(EvenkeelError) as refused:
        records.save(store, NEED, need.id, verdicts.body(need, verdict, DAY, reason), "Head of operations")
    assert refused.value.key == key


def test_the_limits_that_a_suggestion_touches_stand_beside_it(store: Store) -> None:
    rule = shipped().of("flexible_schedule")
    assert rule is not None
    held = verdicts.held(store.cursor(), load("equal"), DAY, rule)
    assert [one.indicator.id for one in held] == ["par30", "renegotiated_ratio"]
    assert all(one.value is not None and one.limit is not None for one in held)


def test_the_planted_need_is_found_in_a_few_small_institutions() -> None:
    assert planted(6) >= 5 / 6


def test_shuffled_answers_of_the_sample_bring_hardly_a_suggestion(store: Store) -> None:
    assert shuffled(12, signals.cells(store.cursor(), DAY, shipped().signals)) <= 1 / 12
