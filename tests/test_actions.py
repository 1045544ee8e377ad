"""Actions: refused where they cannot be, laid over the rows of files, sorted by need to act."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import actions, records
from metrics.actions import ACTION, STATUSES, Action
from metrics.errors import EvenkeelError
from metrics.store import Scope, Store
from tests.records import DAY, land, loan, opened

CAME = {"issue_id": "I-1", "source": "client", "branch_id": "north", "raised_on": "2026-05-01", "owner": "Ana",
        "action": "Call", "due_on": "2026-08-01"}  # fmt: skip
NEW = {"raised_on": "2026-09-01", "owner": "Bo", "action": "Visit", "due_on": "2026-10-01", "branch_id": "north"}
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def made(folder: Path) -> Store:
    branches = [{"branch_id": "north", "branch_name": "North"}, {"branch_id": "south", "branch_name": "South"}]
    return opened(folder, branches=branches, loans=[loan("1")], issues_actions=[CAME])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store to which nothing is written: for what is refused."""
    return made(tmp_path_factory.mktemp("kept"))


def save(store: Store, name: str = "A-001", seen: int = 0, **fields: object) -> records.Record:
    return records.save(store, ACTION, name, {**NEW, **fields}, "Ana", seen=seen)


def test_an_action_of_a_file_is_listed_as_it_came(kept: Store) -> None:
    found = actions.find(kept.cursor(), "I-1")
    assert found is not None
    assert (found.owner, found.due_on, found.version) == ("Ana", date(2026, 8, 1), 0)


def test_what_is_written_down_lies_over_the_row_of_a_file(store: Store) -> None:
    came = actions.find(store.cursor(), "I-1")
    assert came is not None
    records.save(store, ACTION, "I-1", {**came.body(), "owner": "Bo", "answer": "Done", "answered_on": DAY}, "Bo")
    found = [(one.id, one.owner, one.answer, one.version) for one in actions.listed(store.cursor())]
    assert found == [("I-1", "Bo", "Done", 1)]


def test_undo_of_the_first_change_brings_back_the_row_of_the_file(store: Store) -> None:
    came = actions.find(store.cursor(), "I-1")
    assert came is not None
    records.save(store, ACTION, "I-1", {**came.body(), "owner": "Bo"}, "Bo")
    records.undo(store, ACTION, "I-1", "Bo", 1)
    assert actions.listed(store.cursor()) == [came]


def test_a_new_action_counts_in_the_indicators(store: Store) -> None:
    save(store, raised_on="2026-01-02", due_on="2026-03-01", done_on="2026-02-01", answered_on="2026-02-02")
    rows = store.cursor().execute("SELECT sum(issues_old), sum(issues_closed) FROM v_m_issues WHERE period = ?", [DAY])
    assert [float(value) for value in rows.fetchall()[0]] == [2.0, 1.0]


def test_a_new_id_is_one_that_neither_a_file_nor_a_record_bears(store: Store) -> None:
    land(store, issues_actions=[{**CAME, "issue_id": "A-001"}])
    save(store, "A-002")
    assert actions.new_id(store.cursor()) == "A-003"


@pytest.mark.parametrize("name", ["owner", "due_on", "action", "raised_on"])
def test_an_action_without_owner_due_date_deed_or_day_is_refused(kept: Store, name: str) -> None:
    with pytest.raises(records.Empty) as raised:
        save(kept, **{name: ""})
    assert raised.value.name == name


@pytest.mark.parametrize(
    ("fields", "key", "near"),
    [
        ({"due_on": "2026-08-31"}, "actions.due_on_early", None),
        ({"done_on": "2026-08-31"}, "actions.done_on_early", None),
        ({"answered_on": "2026-08-31"}, "actions.answered_on_early", None),
        ({"done_on": "2999-01-01"}, "actions.not_yet", None),
        ({"answer": "We did it"}, "actions.answer_undated", None),
        ({"due_on": "soon"}, "actions.no_date", None),
        ({"branch_id": "nort"}, "actions.unknown_branch_id", "north"),
        ({"source": "clients"}, "actions.unknown_source", "client"),
        ({"effect_indicator_id": "par3"}, "actions.unknown_effect_indicator_id", "par30"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_nearest_name(
    kept: Store, fields: dict[str, object], key: str, near: str | None
) -> None:
    with pytest.raises(EvenkeelError) as raised:
        save(kept, **fields)
    assert (raised.value.key, raised.value.params.get("nearest")) == (key, near)


def test_a_name_that_came_in_a_file_may_stay(store: Store) -> None:
    land(store, issues_actions=[{**CAME, "issue_id": "I-2", "effect_indicator_id": "privacy"}])
    came = actions.find(store.cursor(), "I-2")
    assert came is not None
    records.save(store, ACTION, "I-2", {**came.body(), "owner": "Bo"}, "Bo")
    found = actions.find(store.cursor(), "I-2")
    assert found is not None and found.effect_indicator_id == "privacy"


def test_the_day_due_is_not_late_yet() -> None:
    one = Action("A", due_on=DAY)
    assert (one.status(DAY), one.status(DAY + timedelta(days=1))) == ("open", "overdue")


def test_done_without_a_word_is_not_answered() -> None:
    one = Action("A", source="client", due_on=DAY, done_on=DAY)
    told = Action("A", source="client", due_on=DAY, done_on=DAY, answered_on=DAY)
    assert [one.status(DAY), one.untold(DAY), told.status(DAY), told.untold(DAY)] == ["done", True, "answered", False]


def test_nobody_waits_for_a_word_about_what_an_audit_found() -> None:
    found = [Action("A", source=source, due_on=DAY, done_on=DAY).untold(DAY) for source in ("audit", None, "staff")]
    assert found == [False, False, True]


def test_the_list_begins_with_the_longest_overdue_then_the_untold_then_the_soonest_due() -> None:
    def ago(days: int) -> date:
        return DAY - timedelta(days=days)

    given_ = [
        Action("older", due_on=ago(90), done_on=ago(90), answered_on=ago(80)),
        Action("answered", due_on=ago(9), done_on=ago(9), answered_on=ago(8)),
        Action("dropped", due_on=ago(50), dropped_why="no longer"),
        Action("later", due_on=ago(-30)),
        Action("soon", due_on=ago(-2)),
        Action("untold", source="client", due_on=ago(5), done_on=ago(6)),
        Action("late", due_on=ago(3)),
        Action("latest", due_on=ago(40)),
    ]
    found = [one.id for one in actions.ordered(given_, DAY)]
    assert found == ["latest", "late", "untold", "soon", "later", "answered", "older", "dropped"]


def test_a_day_of_the_past_knows_nothing_of_what_was_done_since() -> None:
    one = Action("A", due_on=date(2026, 3, 1), done_on=date(2026, 4, 1), answered_on=date(2026, 4, 5))
    found = [one.status(date(2026, month, 3)) for month in (2, 3, 4, 5)]
    assert found == ["open", "overdue", "done", "answered"]


@given(due=DAYS, done=st.none() | DAYS, answered=st.none() | DAYS, day=DAYS, dropped=st.none() | st.just("why"))
def test_waiting_is_never_less_than_nothing_and_only_where_somebody_waits(
    due: date, done: date | None, answered: date | None, day: date, dropped: str | None
) -> None:
    one = Action("A", source="client", due_on=due, done_on=done, answered_on=answered, dropped_why=dropped)
    assert one.status(day) in STATUSES
    assert (one.waits(day) > 0) <= (one.status(day) in ("overdue", "done"))
    assert one.waits(day) >= 0


@given(st.lists(st.builds(Action, id=st.text(max_size=3), due_on=DAYS, done_on=st.none() | DAYS), max_size=8))
def test_the_order_does_not_depend_on_the_order_given(found: list[Action]) -> None:
    assert actions.ordered(found, DAY) == actions.ordered(list(reversed(found)), DAY) or len(
        {one.id for one in found}
    ) < len(found)


@pytest.mark.parametrize(
    ("pick", "wanted"),
    [
        (lambda found: actions.of_risk(found, "conduct"), ["a"]),
        (lambda found: actions.of_voice(found, "complaints/C-1"), ["a", "b"]),
        (lambda found: actions.of_origin(found, "decision/D-001"), ["b"]),
    ],
)
def test_actions_are_found_by_risk_voice_and_origin(
    pick: Callable[[list[Action]], list[Action]], wanted: list[str]
) -> None:
    found = [
        Action("a", risk_id="conduct", voices=("complaints/C-1",)),
        Action("b", voices=("complaints/C-1", "complaints/C-2"), origin="decision/D-001"),
    ]
    assert [one.id for one in pick(found)] == wanted


def test_a_body_read_again_is_the_same_action() -> None:
    one = Action("A", source="client", raised_on=DAY, owner="Ana", action="Call", due_on=DAY, voices=("complaints/C",))
    assert actions.read("A", one.body()) == one


def test_a_reader_of_one_branch_sees_its_actions_only(store: Store) -> None:
    save(store, branch_id="south")
    assert [one.id for one in actions.listed(store.cursor(Scope(branches=("south",))))] == ["A-001"]
