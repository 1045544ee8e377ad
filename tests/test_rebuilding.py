"""Past month-ends rebuilt from one day: what was owed, how late it was, and what a real snapshot changes."""

from datetime import date
from pathlib import Path

import pytest

from metrics import measures, rebuilding
from metrics.__main__ import main
from metrics.errors import EvenkeelError
from metrics.policy import SETTINGS
from metrics.store import Scope, Store
from metrics.values import periods, values
from tests.rebuilt import compared
from tests.records import DAY, Row, land, loan, opened

JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)


def lent(loan_id: str, owed: float, **other: object) -> Row:
    """A loan of 400 lent in May, repaid in four instalments of 100 on the 10th from June on."""
    given = {"disbursed_on": date(2026, 5, 5), "disbursed_amount": 400, "is_renegotiated": False}
    return loan(loan_id, owed, **given, **other)


def plan(loan_id: str, *paid: date | None) -> list[Row]:
    """The instalments of such a loan with the day each was met."""
    return [
        {
            "loan_id": loan_id, "instalment_no": no, "due_on": date(2026, 5 + no, 10), "due_principal": 100,
            "paid_on": day, "completed": day is not None, "paid_principal": 100 if day else 0,
        }
        for no, day in enumerate((*paid, *[None] * (4 - len(paid))), start=1)
    ]  # fmt: skip


def repayment(loan_id: str, day: date, principal: float, kind: str = "repayment", **other: object) -> Row:
    given = {"txn_id": f"{loan_id}-{day}-{kind}", "txn_on": day, "txn_type": kind}
    return {"loan_id": loan_id, "amount": principal, "principal": principal, **given, **other}


def closed(loan_id: str = "z") -> Row:
    return lent(loan_id, 0, status="closed")


def past(store: Store, loan_id: str = "a") -> dict[date, tuple[object, ...]]:
    """What was rebuilt of a loan: month-end -> owed, days late, overdue, renegotiated."""
    rows = store.cursor().execute(
        """SELECT as_of, principal_outstanding::DOUBLE, days_past_due, overdue_principal::DOUBLE, is_renegotiated
        FROM v_loans WHERE loan_id = ? AND origin = 'reconstructed' ORDER BY as_of""",
        [loan_id],
    )
    return {row[0]: row[1:] for row in rows.fetchall()}


def refused(store: Store, months: int = 24) -> str:
    """The key of the reason for which a rebuild stops."""
    with pytest.raises(EvenkeelError) as caught:
        rebuilding.rebuild(store, store.cursor(), months)
    return caught.value.key


def rebuilt(folder: Path, **tables: list[Row]) -> Store:
    """A store whose past is rebuilt: the closed loan z, and whatever is given."""
    loans = [closed(), *tables.pop("loans")]
    schedule = [*plan("z", *[date(2026, 6, 1)] * 4), *tables.pop("loan_schedule", [])]
    store = opened(folder, loans=loans, loan_schedule=schedule, **tables)
    rebuilding.rebuild(store, store.cursor())
    return store


@pytest.mark.full
def test_the_stripped_months_of_the_sample_come_back(tmp_path: Path) -> None:
    found = compared(tmp_path)
    assert (found.months, found.cells, found.glp, found.excluding, found.days) == (23, 276, 0.0, 0.0, 0)
    assert found.unlisted < 1e-12 < found.including


@pytest.mark.full
def test_with_the_days_of_reschedulings_only_loans_without_one_are_listed(tmp_path: Path) -> None:
    found = compared(tmp_path, dated=True)
    assert (found.glp, found.excluding, found.days) == (0.0, 0.0, 0)
    assert found.unlisted < 1e-12 and found.listed == 163


def test_a_balance_is_todays_with_the_payments_since_taken_back(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 100)], loan_schedule=plan("a", *(date(2026, m, 9) for m in (6, 7, 9))))
    owed = {day: row[0] for day, row in past(store).items()}
    assert owed == {date(2026, 5, 31): 400, date(2026, 6, 30): 300, JULY: 200, AUGUST: 200}


def test_days_late_run_from_the_oldest_instalment_unpaid_on_that_day(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 100)], loan_schedule=plan("a", *[date(2026, 9, 1)] * 3))
    assert [row[1:3] for row in past(store).values()] == [(0, 0.0), (20, 100.0), (51, 200.0), (82, 300.0)]


def test_payments_meet_the_oldest_instalments_and_a_part_of_the_next(tmp_path: Path) -> None:
    schedule = [{**row, "completed": None, "paid_on": None, "paid_principal": None} for row in plan("a")]
    paid = [repayment("a", date(2026, 7, 20), 150), repayment("a", date(2026, 9, 20), 50)]
    store = rebuilt(tmp_path, loans=[lent("a", 200)], loan_schedule=schedule, loan_transactions=paid)
    assert past(store)[JULY] == (250.0, 21, 50.0, False)
    assert past(store)[AUGUST] == (250.0, 52, 150.0, False)


def test_a_reversed_payment_does_not_count(tmp_path: Path) -> None:
    paid = [repayment("a", date(2026, 7, 9), 100), repayment("a", date(2026, 8, 9), 100, reversed=True)]
    store = rebuilt(tmp_path, loans=[lent("a", 300)], loan_schedule=plan("a"), loan_transactions=paid)
    assert past(store)[AUGUST][0] == 300


def test_trap_a_loan_written_off_is_owed_until_that_day_and_out_from_it(tmp_path: Path) -> None:
    lost = lent("a", 0, status="written_off", written_off_on=date(2026, 8, 5), written_off_amount=400)
    store = rebuilt(tmp_path, loans=[lost], loan_schedule=plan("a"))
    assert {day: row[0] for day, row in past(store).items()} == {
        date(2026, 5, 31): 400, date(2026, 6, 30): 400, JULY: 400,
    }  # fmt: skip


def test_a_recovery_after_the_write_off_brings_no_balance_back(tmp_path: Path) -> None:
    lost = lent("a", 0, status="written_off", written_off_on=date(2026, 7, 5), written_off_amount=400)
    back = [repayment("a", date(2026, 9, 5), 50, "recovery")]
    store = rebuilt(tmp_path, loans=[lost], loan_schedule=plan("a"), loan_transactions=back)
    assert max(past(store)) == date(2026, 6, 30)


def test_a_closed_loan_is_owed_until_its_last_payment(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    assert {day: row[0] for day, row in past(store, "z").items()} == {date(2026, 5, 31): 400}


def test_past_renegotiation_is_unknown_and_the_loan_listed(tmp_path: Path) -> None:
    eased = {**lent("a", 400), "is_renegotiated": True}
    store = opened(tmp_path, loans=[closed(), eased], loan_schedule=plan("a"))
    told = rebuilding.rebuild(store, store.cursor())
    assert told.loans["renegotiated"] == ("own/a",)
    assert {row[3] for row in past(store).values()} == {None}
    assert any("1 loan is renegotiated today" in note.text("en") for note in told.notes)


def test_a_rescheduling_with_its_day_is_known_from_that_day_on(tmp_path: Path) -> None:
    eased = {**lent("a", 400), "is_renegotiated": True}
    old, new = plan("a")[:2], [{**row, "due_on": date(2026, 6 + row["instalment_no"], 25)} for row in plan("a")[2:]]
    day = [repayment("a", date(2026, 7, 31), 400, "reschedule")]
    store = rebuilt(tmp_path, loans=[eased], loan_schedule=[*old, *new], loan_transactions=day)
    assert past(store)[date(2026, 6, 30)][1:] == (20, 100.0, False)
    assert past(store)[JULY][1:] == (0, 0.0, True)


def test_days_late_are_unknown_where_the_former_instalments_are_gone(tmp_path: Path) -> None:
    eased = {**lent("a", 400), "is_renegotiated": True}
    later = [{**row, "due_on": date(2026, 9 + row["instalment_no"], 10)} for row in plan("a")[:3]]
    day = [repayment("a", date(2026, 8, 15), 400, "reschedule")]
    store = opened(tmp_path, loans=[closed(), eased], loan_schedule=later, loan_transactions=day)
    told = rebuilding.rebuild(store, store.cursor())
    assert [row[1] for row in past(store).values()] == [None, None, None, 0]
    assert told.loans["superseded"] == ("own/a",)


def test_a_loan_whose_movements_do_not_explain_its_balance_is_listed(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[closed("y"), lent("a", 150)], loan_schedule=plan("a", date(2026, 6, 9)))
    assert "own/a" in rebuilding.rebuild(store, store.cursor()).loans["unexplained"]


def test_a_loan_that_the_extract_lacks_is_listed(tmp_path: Path) -> None:
    gone = [repayment("gone", date(2026, 7, 5), 100)]
    store = opened(tmp_path, loans=[closed(), lent("a", 400)], loan_schedule=plan("a"), loan_transactions=gone)
    assert rebuilding.rebuild(store, store.cursor()).loans["unknown"] == ("own/gone",)


def test_an_extract_of_open_loans_only_is_refused(tmp_path: Path) -> None:
    assert refused(opened(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))) == "peers.rebuild_no_closed"


def test_a_book_without_schedule_and_repayments_is_refused(tmp_path: Path) -> None:
    assert refused(opened(tmp_path, loans=[closed(), lent("a", 400)])) == "peers.rebuild_no_history"


def test_no_book_and_too_many_months_are_refused(tmp_path: Path) -> None:
    store = opened(tmp_path)
    assert (refused(store), refused(store, 25)) == ("peers.rebuild_no_book", "peers.rebuild_months")


def test_a_month_with_a_real_snapshot_of_any_day_is_left_alone(tmp_path: Path) -> None:
    real = loan("a", 222, as_of=date(2026, 8, 20))
    store = rebuilt(tmp_path, loans=[lent("a", 100), real], loan_schedule=plan("a"))
    assert AUGUST not in rebuilding.reconstructed_periods(store.cursor())
    assert JULY in rebuilding.reconstructed_periods(store.cursor())


def test_a_second_rebuild_finds_the_same_months_and_counts_nothing_twice(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    before = past(store)
    rebuilding.rebuild(store, store.cursor())
    rows = store.cursor().execute("SELECT count(*) FROM v_loans WHERE loan_id = 'a'").fetchall()[0][0]
    assert (past(store), rows) == (before, 5)


@pytest.mark.parametrize("day", [AUGUST, date(2026, 8, 28)])
def test_a_later_real_snapshot_takes_the_place_of_its_month(tmp_path: Path, day: date) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    land(store, loans=[loan("a", 390, as_of=day)])
    assert AUGUST not in rebuilding.reconstructed_periods(store.cursor())
    assert [period for period in periods(store.cursor()) if period > JULY] == [day, DAY]


@pytest.mark.parametrize("day", [AUGUST, date(2026, 8, 28)])
def test_what_was_reconstructed_comes_back_when_the_real_snapshot_is_rolled_back(tmp_path: Path, day: date) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    store.rollback(land(store, loans=[loan("a", 390, as_of=day)]), after=measures.build)
    assert past(store)[AUGUST][0] == 400
    assert periods(store.cursor())[-2:] == [AUGUST, DAY]


def test_a_rollback_takes_the_whole_rebuild_out(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[closed(), lent("a", 400)], loan_schedule=plan("a"))
    told = rebuilding.rebuild(store, store.cursor())
    store.rollback(told.batch, after=measures.build)
    assert (past(store), periods(store.cursor())) == ({}, [DAY])


def test_the_difference_to_a_real_snapshot_is_shown(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    land(store, loans=[loan("a", 390, as_of=AUGUST), loan("b", 10, as_of=AUGUST, days_past_due=40)])
    apart = rebuilding.differences(store.cursor())
    assert apart["period"].dt.date.tolist() == [AUGUST]
    row = apart.iloc[0]
    assert (row["glp"], row["glp_real"], row["loans"], row["loans_real"]) == (400, 400, 1, 2)
    assert (row["par30"], row["par30_real"]) == (1.0, 0.025)


def test_a_reader_sees_differences_of_the_own_branches_only(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    land(store, loans=[loan("a", 390, as_of=AUGUST)])
    assert rebuilding.differences(store.cursor(Scope(branches=("south",)))).empty


def test_indicators_are_computed_for_reconstructed_months(tmp_path: Path) -> None:
    store = rebuilt(tmp_path, loans=[lent("a", 400)], loan_schedule=plan("a"))
    frame = values(store.cursor(), dict(SETTINGS), "institution", [AUGUST], indicators=["par30"])
    assert frame[["value", "status"]].values.tolist() == [[1.0, "ok"]]


def test_the_command_lands_the_months_and_lists_the_doubtful_loans(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eased = {**lent("a", 400), "is_renegotiated": True}
    opened(tmp_path, loans=[closed(), eased], loan_schedule=[*plan("a"), *plan("z", *[date(2026, 6, 1)] * 4)]).close()
    assert main(["--data", str(tmp_path), "rebuild", "--months", "2", "--format", "csv"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == ["loan,doubt", "own/a,renegotiated"]
    assert "2 month-ends reconstructed, 31 Jul 2026 to 31 Aug 2026." in told.err
