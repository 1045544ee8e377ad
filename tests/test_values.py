"""Facts in, values out: each silent wrong answer is pinned with its tiny table beside it."""

from datetime import date
from pathlib import Path

import pytest

from metrics import measures
from metrics.asking import parse
from metrics.errors import EvenkeelError, UsageError
from metrics.policy import SETTINGS
from metrics.store import Scope
from metrics.values import reported_differences, values
from tests.records import DAY, found, land, loan, opened

MONTHS = [date(2025, 9, 30), *(date(2025, m, 28) for m in (10, 11, 12)), *(date(2026, m, 28) for m in range(1, 9)), DAY]


def women(count: int, **other: object) -> list[dict[str, object]]:
    """Women clients w0, w1, ..."""
    return [{"client_id": f"w{i}", "gender": "F", **other} for i in range(count)]


def test_thirty_days_or_more_is_a_setting(tmp_path: Path) -> None:
    book = [loan(str(i), days_past_due=30) for i in range(10)]
    store = opened(tmp_path, loans=book)
    assert (found(store, "par30")["north"][0], found(store, "par30", par_from_30=True)["north"][0]) == (0.0, 1.0)


def test_renegotiated_loans_can_be_left_out_by_the_policy(tmp_path: Path) -> None:
    book = [loan("1", 100.0, is_renegotiated=True)] + [loan(f"ok{i}") for i in range(9)]
    store = opened(tmp_path, loans=book)
    assert found(store, "par30", renegotiated_at_risk=False)["north"][0] == 0.0


def test_a_group_loan_counts_its_members(tmp_path: Path) -> None:
    book = [loan("g", 900.0, client_id=None, group_id="g", members=30, women_members=27)]
    assert found(opened(tmp_path, loans=book), "pct_female_borrowers")["north"][0] == pytest.approx(0.9)


def test_fewer_than_ten_clients_are_shown_for_the_institution(tmp_path: Path) -> None:
    assert found(opened(tmp_path, loans=[loan("1")]), "par30", by="institution")["own"] == (0.0, "ok")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    status = found(opened(tmp_path, loans=[loan(str(i)) for i in range(10)]), "young_borrower_share")["north"][1]
    assert status == "not_available: needs clients.birth_date"


def test_retention_counts_start_new_and_end(tmp_path: Path) -> None:
    start = [loan(f"a{i}", as_of=MONTHS[0], cycle_no=1, disbursed_on=date(2025, 1, 5)) for i in range(20)]
    new = [loan(f"b{i}", as_of=MONTHS[6], cycle_no=1, disbursed_on=date(2026, 3, 2)) for i in range(5)]
    end = [loan(f"a{i}", cycle_no=2, disbursed_on=date(2026, 1, 5)) for i in range(15)]
    assert found(opened(tmp_path, loans=[*start, *new, *end]), "retention_rate")["north"][0] == pytest.approx(15 / 25)


def test_a_branch_without_write_offs_has_zero_where_others_have_some(tmp_path: Path) -> None:
    book = [loan(f"{b}{i}", branch_id=b) for b in ("north", "south") for i in range(10)]
    flows = [{"txn_id": "w", "branch_id": "south", "txn_on": DAY, "txn_type": "write_off", "amount": 10.0}]
    assert found(opened(tmp_path, loans=book, loan_transactions=flows), "write_off_ratio")["north"] == (0.0, "ok")


@pytest.mark.parametrize("first", ["loans", "loan_transactions"])
def test_it_does_not_matter_which_table_lands_first(tmp_path: Path, first: str) -> None:
    tables = {
        "loans": [loan(f"{b}{i}", branch_id=b) for b in ("north", "south") for i in range(10)],
        "loan_transactions": [
            {"txn_id": "w", "branch_id": "south", "txn_on": DAY, "txn_type": "write_off", "amount": 10.0}
        ],
    }
    store = opened(tmp_path, **{first: tables.pop(first)})
    land(store, **tables)
    assert {unit: value for unit, (value, _) in found(store, "write_off_ratio").items()} == pytest.approx(
        {"north": 0.0, "south": 10.0 * 12 / 1000}
    )


def test_an_anonymous_answer_counts_for_its_own_branch(tmp_path: Path) -> None:
    answers = [
        {"survey_id": "s", "response_id": str(i), "branch_id": "south", "answered_on": DAY, "question_key": "nps",
         "answer_num": 3}
        for i in range(12)
    ]  # fmt: skip
    store = opened(tmp_path, loans=[loan(str(i), branch_id="south") for i in range(10)], client_surveys=answers)
    assert found(store, "nps")["south"][0] == -1.0


def test_a_ledger_ratio_has_no_meaning_for_a_branch_of_an_unsplit_ledger(tmp_path: Path) -> None:
    ledger = [{"month": DAY, "account_code": line, "mapped_line": line, "amount": 10.0} for line in ("equity", "cash")]
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(10)], financials_monthly=ledger)
    assert found(store, "capital_asset_ratio") == {}
    assert found(store, "capital_asset_ratio", by="institution")["own"][0] == 1.0


def test_turnover_is_over_the_mean_of_now_and_a_year_before(tmp_path: Path) -> None:
    staff = [{"staff_id": f"s{i}", "branch_id": "north", "joined_on": date(2020, 1, 1), "role": "other",
              "left_on": date(2026, 2, 1) if i < 4 else None} for i in range(10)]  # fmt: skip
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(10)], staff=staff)
    assert found(store, "staff_turnover")["north"][0] == pytest.approx(4 / 8)


def test_a_ready_value_stands_where_the_records_give_none(tmp_path: Path) -> None:
    ready = [{"period": DAY, "unit_type": "branch", "unit": "north", "indicator_id": "nps", "value": 0.4, "n": 50}]
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(10)], reported_values=ready)
    assert found(store, "nps")["north"] == (0.4, "as_reported")


def test_the_records_go_before_a_ready_value_and_the_difference_is_listed(tmp_path: Path) -> None:
    ready = [{"period": DAY, "unit_type": "branch", "unit": "north", "indicator_id": "par30", "value": 0.2}]
    store = opened(tmp_path, loans=[loan(str(i)) for i in range(10)], reported_values=ready)
    assert found(store, "par30")["north"] == (0.0, "ok")
    listed = reported_differences(store.cursor(), SETTINGS)
    assert listed[["unit", "value", "reported"]].to_numpy().tolist() == [["north", 0.0, 0.2]]


@pytest.mark.parametrize(("weights", "total"), [((3.0, 1.0), 0.25), ((3.0, None), None)])
def test_ready_values_are_summed_only_with_their_weights(tmp_path: Path, weights: tuple, total: float | None) -> None:
    ready = [
        {"period": DAY, "unit_type": "branch", "unit": unit, "indicator_id": "par30", "value": value, "weight": weight}
        for unit, value, weight in zip(("north", "south"), (0.2, 0.4), weights, strict=True)
    ]
    value, status = found(opened(tmp_path, reported_values=ready), "par30", by="institution")["own"]
    assert (status == "as_reported" and value == pytest.approx(total)) if total else status.startswith("not_available")


@pytest.mark.full
def test_only_the_months_touched_are_recomputed_to_the_same_figures(tmp_path: Path) -> None:
    one = opened(tmp_path / "one", loans=[loan(str(i), as_of=day) for day in MONTHS for i in range(10)])
    many = opened(tmp_path / "many")
    for day in reversed(MONTHS):
        land(many, loans=[loan(str(i), as_of=day) for i in range(10)])
    tables = ["portfolio", "portfolio_12m", "periods", "months"]
    for table in tables:
        frames = [s.cursor().execute(f"SELECT * FROM measures.{table} ORDER BY ALL").df() for s in (one, many)]
        assert frames[0].equals(frames[1]), table


def test_measures_follow_a_client_who_changes(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan(str(i), client_id=f"w{i}") for i in range(10)], clients=women(10))
    land(store, clients=[{"client_id": "w0", "gender": "M"}])
    assert found(store, "pct_female_borrowers")["north"][0] == pytest.approx(0.9)


def test_definitions_that_changed_rebuild_the_measures(tmp_path: Path) -> None:
    store = opened(tmp_path, loans=[loan("1")])
    cursor = store.cursor()
    cursor.execute("UPDATE meta SET value = 1 WHERE name = 'measures'")
    assert (measures.ensure(cursor), measures.ensure(cursor)) == (True, False)


def test_officers_by_gender_is_refused_with_the_reason() -> None:
    with pytest.raises(EvenkeelError, match="counted apart"):
        parse("officer", [("gender", ("F",))], None)


def test_an_unknown_filter_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='Did you mean "gender"'):
        parse("branch", [("gendre", ("F",))], None)


def test_a_filter_on_women_equals_the_segment(tmp_path: Path) -> None:
    clients = [*women(12), *({"client_id": f"m{i}", "gender": "M"} for i in range(12))]
    book = [loan(c["client_id"], client_id=c["client_id"], days_past_due=40 * (i % 3)) for i, c in enumerate(clients)]
    cursor = opened(tmp_path, clients=clients, loans=book).cursor()
    filtered = values(cursor, SETTINGS, "institution", where=[("gender", ("F",))], indicators=["par30"])
    segment = values(cursor, SETTINGS, "gender", indicators=["par30"])
    assert filtered["value"].tolist() == segment[segment["unit"] == "F"]["value"].tolist()


def test_a_reader_of_some_branches_gets_no_ratio_of_the_unsplit_ledger(tmp_path: Path) -> None:
    ledger = [{"month": DAY, "account_code": line, "mapped_line": line, "amount": 10.0} for line in ("equity", "cash")]
    book = [loan(f"{b}{i}", branch_id=b) for b in ("north", "south") for i in range(10)]
    cursor = opened(tmp_path, loans=book, financials_monthly=ledger).cursor(Scope(branches=("north",)))
    frame = values(cursor, SETTINGS, "institution", indicators=["capital_asset_ratio", "par30"])
    assert frame[["indicator", "value"]].to_numpy().tolist() == [["par30", 0.0]]


def test_few_clients_are_kept_back_from_a_reader_of_one_branch(tmp_path: Path) -> None:
    book = [loan("n"), *(loan(f"s{i}", branch_id="south") for i in range(10))]
    cursor = opened(tmp_path, loans=book).cursor(Scope(branches=("north",)))
    assert values(cursor, SETTINGS, "institution", indicators=["par30"])["status"].tolist() == ["too_few"]
