"""The board's decisions: what stood before its eyes is kept, and the last meeting is told in one sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import decisions, policy, records
from metrics.catalogue import indicators
from metrics.decisions import DECISION, Decision
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.store import Store
from tests.records import DAY, Row, loan, opened

JUNE = date(2026, 6, 30)
BODY = {"meeting_on": "2026-06-30", "text": "Call all who leave", "owner": "Ana", "due_on": "2026-08-31"}


def portfolio() -> list[Row]:
    """North has 1 of 12 loans late in June and 3 of 12 in September; south none."""
    rows: list[Row] = []
    for day, late in ((JUNE, 1), (DAY, 3)):
        rows += [loan(f"n{no}", as_of=day, days_past_due=45 if no < late else 0) for no in range(12)]
        rows += [loan(f"s{no}", as_of=day, branch_id="south") for no in range(12)]
    return rows


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store in which no decision stands: each test takes its own away."""
    branches = [{"branch_id": name, "branch_name": name.title()} for name in ("north", "south")]
    return opened(tmp_path_factory.mktemp("board"), branches=branches, loans=portfolio())


@pytest.fixture
def store(kept: Store) -> Store:
    for record in records.newest(kept.cursor(), "decision"):
        records.remove(kept, DECISION, record.id, "test", seen=record.version)
    return kept


def decide(store: Store, **fields: object) -> records.Record:
    return records.save(store, DECISION, "", {**BODY, **fields}, "Board")


def watch(store: Store, branch: str | None = "north", indicator: str = "par30", **fields: object) -> records.Record:
    then = decisions.snapshot(store.cursor(), policy.load("equal"), JUNE, indicator, branch)
    return decide(store, indicator_id=indicator, branch_id=branch, **then, **fields)


def said(store: Store, day: date = DAY, language: str = "en") -> str:
    found = decisions.sentence(store.cursor(), SETTINGS, day, language)
    return found.replace("\u202f", " ").replace("\xa0", " ")


def test_what_the_board_saw_is_kept_with_its_date_and_n(store: Store) -> None:
    then = decisions.snapshot(store.cursor(), policy.load("equal"), date(2026, 7, 15), "par30", "north")
    assert (then["value"], then["value_on"], then["value_n"]) == (pytest.approx(1 / 12), "2026-06-30", 12.0)


def test_the_weighting_and_its_limits_are_kept_as_they_were(store: Store) -> None:
    """PAR30 is scored by the weighting; PAR90 is not, and is among the limits because it is watched."""
    watch(store, indicator="par90")
    one = decisions.listed(store.cursor())[0]
    assert one.limits is not None
    assert (one.policy, one.social, one.limits["par30"]) == ("equal", 50.0, [0.05, 0.1])
    assert one.limits["par90"] == [indicators()["par90"].limits["amber"], indicators()["par90"].limits["red"]]


@pytest.mark.parametrize("name", ["meeting_on", "text", "owner", "due_on"])
def test_a_decision_without_day_text_owner_or_due_date_is_refused(kept: Store, name: str) -> None:
    with pytest.raises(records.Empty):
        decide(kept, **{name: None})


@pytest.mark.parametrize(
    ("fields", "key", "near"),
    [
        ({"due_on": "2026-06-29"}, "decisions.due_on_early", None),
        ({"done_on": "2026-06-29"}, "decisions.done_on_early", None),
        ({"done_on": "2999-01-01"}, "actions.not_yet", None),
        ({"due_on": "later"}, "actions.no_date", None),
        ({"indicator_id": "par3"}, "actions.unknown_effect_indicator_id", "par30"),
        ({"branch_id": "nort"}, "actions.unknown_branch_id", "north"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_nearest_name(
    kept: Store, fields: dict[str, object], key: str, near: str | None
) -> None:
    with pytest.raises(EvenkeelError) as raised:
        decide(kept, **fields)
    assert (raised.value.key, raised.value.params.get("nearest")) == (key, near)


def test_without_a_meeting_nothing_is_said(store: Store) -> None:
    assert said(store) == ""


def test_the_last_meeting_counts_what_is_done_and_late_and_shows_what_moved(store: Store) -> None:
    watch(store, done_on="2026-08-01")
    decide(store, done_on="2026-08-02")
    decide(store)
    decide(store, meeting_on="2026-03-31")
    assert said(store) == (
        "Last meeting (30 Jun 2026): 3 decided, 2 done, 1 overdue; "
        "late loans (PAR30, with renegotiated) in North 8.3 % → 25 %"
    )


def test_one_that_is_done_and_watches_nothing_is_told_shortly(store: Store) -> None:
    decide(store, done_on="2026-08-02")
    assert said(store) == "Last meeting (30 Jun 2026): 1 decided, done"


def test_all_done_is_said_so(store: Store) -> None:
    decide(store, done_on="2026-08-02")
    decide(store, done_on="2026-08-03")
    assert said(store) == "Last meeting (30 Jun 2026): 2 decided, all done"


def test_where_nothing_is_due_yet_nothing_is_late(store: Store) -> None:
    decide(store, due_on="2026-12-31")
    decide(store, due_on="2026-12-31")
    found = [said(store), said(store, language="fr")]
    assert found == [
        "Last meeting (30 Jun 2026): 2 decided, none due yet",
        "Dernière séance (30 juin 2026) : 2 décisions, aucune encore à échéance",
    ]


def test_on_the_day_of_the_meeting_no_figure_has_moved(store: Store) -> None:
    watch(store)
    assert said(store, JUNE) == "Last meeting (30 Jun 2026): 1 decided, not due yet"


def test_of_several_figures_the_one_that_moved_most_is_shown(store: Store) -> None:
    watch(store, None)
    watch(store, "north")
    assert said(store).endswith("in North 8.3 % → 25 %")


def test_meetings_come_newest_first_and_later_ones_are_not_known_yet(store: Store) -> None:
    for day in ("2026-03-31", "2026-06-30", "2026-09-30"):
        decide(store, meeting_on=day, due_on="2026-12-31")
    found = decisions.meetings(decisions.listed(store.cursor()), date(2026, 7, 1))
    assert [meeting.day for meeting in found] == [JUNE, date(2026, 3, 31)]


def test_every_change_of_a_decision_is_in_its_history(store: Store) -> None:
    one = watch(store)
    found = decisions.listed(store.cursor())[0]
    records.save(store, DECISION, one.id, {**found.body(), "done_on": "2026-08-01"}, "Ana", seen=found.version)
    told = [(change.record.who, change.field) for change in records.history(store.cursor(), "decision", one.id)]
    assert told[0] == ("Ana", "done_on")


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
DECISIONS = st.lists(
    st.builds(Decision, id=st.text(min_size=1, max_size=3), meeting_on=DAYS, due_on=DAYS, done_on=st.none() | DAYS)
)


@given(DECISIONS, DAYS)
def test_every_decision_of_a_meeting_is_done_overdue_or_open(found: list[Decision], day: date) -> None:
    for meeting in decisions.meetings(found, day):
        counts = [meeting.count(status, day) for status in ("done", "overdue", "open")]
        assert sum(counts) == len(meeting.decisions)
        assert meeting.day <= day


def test_a_body_read_again_is_the_same_decision(store: Store) -> None:
    watch(store)
    one = decisions.listed(store.cursor())[0]
    assert decisions.read(one.id, one.body(), one.version) == one
