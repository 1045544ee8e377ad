"""Delimited text as people send it: encodings, delimiters, headings, totals, rows that are not whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from metrics.store import Store
from tests.ingesting import OUTSTANDING, asides, five, joined, notes, opened, seen, text, values


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("text")) as store:
        yield store


SAME_FIVE = {
    "comma": (five(), "utf-8"),
    "byte order mark": (five(), "utf-8-sig"),
    "semicolon": (five(";"), "utf-8"),
    "tab": (five("\t"), "utf-8"),
    "pipe": (five("|"), "utf-8"),
    "utf-16 with mark": (five("\t"), "utf-16"),
    "utf-16 without mark": (five(), "utf-16-le"),
    "sep= in the first line": ("sep=;\n" + five(";"), "utf-8"),
    "Windows line ends": (five().replace("\n", "\r\n"), "utf-8"),
    "old Mac line ends": (five().replace("\n", "\r"), "utf-8"),
    "mixed line ends": (five().replace("\n", "\r\n", 2), "utf-8"),
    "three title rows": ("Kolo and Baro\nLoan book\n\n" + five(), "utf-8"),
    "blank rows and columns": (five().replace("\n", ",,,\n") + ",,,,,,,,,\n" * 200, "utf-8"),
    "spaces around cells": (five().replace(",", " , "), "utf-8"),
    "headings again": (five() + five().splitlines()[0] + "\n", "utf-8"),
    "zero-width space in an id": (five(r1c1="\u200b00123"), "utf-8"),
    "apostrophe before an id": (five(r1c1="'00123"), "utf-8"),
    "no-break space as thousands": (five(";", r2c6="1\u00a0500,25", r1c6="812,50", r3c6="418,00", r4c6="2\u00a0812,28",
                                         r5c6="1\u00a0000,00"), "utf-8"),
    "quoted thousands": (five(r2c6='"1,500.25"', r4c6='"2,812.28"'), "utf-8"),
    "currency before an amount": (five(r2c6='"KSh 1,500.25"'), "utf-8"),
    "decimal comma": (five(";", r1c6="812,5", r2c6="1.500,25", r3c6="418,00", r4c6="2.812,28", r5c6="1.000,00"),
                      "utf-8"),
}  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize("name", SAME_FIVE)
def test_the_same_five_loans_however_they_are_written(store: Store, tmp_path: Path, name: str) -> None:
    content, encoding = SAME_FIVE[name]
    preview = seen(store, text(tmp_path, content, encoding=encoding))
    found = values(preview, "loans", "loan_id", "principal_outstanding", "disbursed_on", "days_past_due")
    assert [row[0] for row in found] == ["00123", "00124", "00125", "00126", "00127"]
    assert float(sum(row[1] for row in found)) == OUTSTANDING
    assert str(found[0][2]) == "2025-01-03"
    assert [row[3] for row in found] == [0, 35, 0, 95, 0]
    assert preview.questions == ()


def test_windows_1252_keeps_its_accents_and_says_so(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r1c3="Téra"), encoding="cp1252"))
    assert values(preview, "loans", "branch_id")[0] == ("Téra",)
    assert "note_windows_1252" in notes(preview)


def test_the_row_of_the_headings_is_said(store: Store, tmp_path: Path) -> None:
    sheet = seen(store, text(tmp_path, "Title\n\n\n" + five())).sheets[0]
    said = [note for note in sheet.notes if note.key == "import.note_header_row"]
    assert said[0].text("fr") == "Titres de colonnes trouvés à la ligne 4."


@pytest.mark.many
@pytest.mark.parametrize("word", ["TOTAL", "Total général", "Sous-total Kolo", "Grand total", "Somme"])
def test_a_row_of_totals_is_ignored_and_its_sum_checked(store: Store, tmp_path: Path, word: str) -> None:
    right = seen(store, text(tmp_path, five() + f"{word},,,,7500.00,6543.03,\n"))
    assert (right.sheets[0].accepted, right.sheets[0].ignored) == (5, 1)
    assert "note_total_agrees" in notes(right)
    wrong = seen(store, text(tmp_path, five() + f"{word},,,,7400.00,6543.03,\n"))
    assert "note_total_differs" in notes(wrong)


def test_subtotals_and_a_grand_total_agree(store: Store, tmp_path: Path) -> None:
    lines = five().splitlines(keepends=True)
    parts = [*lines[:3], "Subtotal,,,,3000.00,,\n", *lines[3:], "Subtotal,,,,4500.00,,\n", "Total,,,,7500.00,,\n"]
    preview = seen(store, text(tmp_path, "".join(parts)))
    assert preview.sheets[0].ignored == 3
    assert "note_total_agrees" in notes(preview)


def test_a_client_named_total_with_a_loan_of_its_own_is_no_total(store: Store, tmp_path: Path) -> None:
    content = "client_id,loan_id,outstanding\nTotal Energies,1,5.00\nC2,2,6.00\n"
    assert seen(store, text(tmp_path, content)).sheets[0].accepted == 2


FAULTS = {
    "letters in an amount": (dict(r2c6="15O0.25"), (3, "outstanding", "15O0.25", "number")),
    "a day that does not exist": (dict(r2c4="2025-02-31"), (3, "disbursed_on", "2025-02-31", "date")),
    "day zero of 1900": (dict(r2c4="1900-01-00"), (3, "disbursed_on", "1900-01-00", "date")),
    "disbursed after the snapshot": (dict(r2c4="2099-01-01"), (3, "disbursed_on", "2099-01-01", "after_snapshot")),
    "a negative balance": (dict(r2c6="(1000)"), (3, "outstanding", "(1000)", "negative")),
    "a minus at the end": (dict(r2c6="1000-"), (3, "outstanding", "1000-", "negative")),
    "half a day late": (dict(r2c7="1.5"), (3, "days_late", "1.5", "whole")),
    "no number of the loan": (dict(r2c1=""), (3, "loan_id", "", "missing")),
    "infinity": (dict(r2c6="inf"), (3, "outstanding", "inf", "number")),
    "an error of a spreadsheet": (dict(r2c3="#REF!"), (3, "branch", "#REF!", "error")),
    "a text of 200,000 letters": (dict(r2c3="x" * 200_000), (3, "branch", "x" * 60, "too_long")),
    "an id cut by a spreadsheet": (dict(r2c1="1.23E+10"), (3, "loan_id", "1.23E+10", "damaged_id")),
}  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_cannot_be_read_is_set_aside_with_its_place(store: Store, tmp_path: Path, name: str) -> None:
    changes, wanted = FAULTS[name]
    preview = seen(store, text(tmp_path, five(**changes)))
    assert asides(preview) == [wanted]
    assert len(values(preview, "loans", "loan_id")) == 4


def test_short_and_long_rows_are_set_aside(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five() + "00128,C6,Kolo\n00129,C6,Kolo,2025-01-01,1,1,0,9,9\n"))
    assert [(row, reason) for row, _, _, reason in asides(preview)] == [(7, "short_row"), (8, "long_row")]


def test_a_quotation_mark_never_closed_costs_its_own_row_only(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r2c3='"Kolo')))
    assert [(row, reason) for row, _, _, reason in asides(preview)] == [(3, "open_quote")]
    assert preview.sheets[0].accepted == 4


def test_a_cell_may_hold_a_line_end(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r2c3='"Kolo\nNord"')))
    assert values(preview, "loans", "branch_id")[1] == ("Kolo Nord",)


def test_the_same_loan_twice_is_dropped_once_and_two_versions_are_set_aside(store: Store, tmp_path: Path) -> None:
    again = joined([("00123", "C1", "Kolo", "2025-01-03", "1000.00", "812.50", "0"),
                    ("00124", "C2", "Kolo", "2025-01-13", "2000.00", "1400.25", "35")])  # fmt: skip
    preview = seen(store, text(tmp_path, five() + again))
    sheet = preview.sheets[0]
    assert (sheet.rows_read, sheet.accepted, sheet.set_aside, sheet.ignored) == (7, 4, 2, 1)
    assert [(row, reason) for row, _, _, reason in asides(preview)] == [(3, "duplicate"), (8, "duplicate")]
    assert "repair_repeats" in notes(preview)


def test_spellings_of_one_branch_become_one(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r1c3="KOLO", r3c3="Báro", r4c3="baro ")))
    assert dict(preview.created)["branches"] == ("Kolo", "Báro")


def test_missing_words_are_missing_and_a_branch_called_na_is_not(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r1c7="n.a.", r2c7="NULL", r3c7="-", r1c3="NA")))
    assert values(preview, "loans", "branch_id", "days_past_due")[:3] == [("NA", None), ("Kolo", None), ("Baro", None)]


def test_days_ahead_of_time_count_as_on_time(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r1c7="-5")))
    assert values(preview, "loans", "days_past_due")[0] == (0,)
    assert "repair_prepaid" in notes(preview)


def test_names_from_a_file_never_run_as_sql(store: Store, tmp_path: Path) -> None:
    evil = 'x"; DROP TABLE facts.loans; --'
    content = five(r1c3=evil.replace(",", ";")).replace("days_late", evil)
    preview = seen(store, text(tmp_path, content.replace('x"', "x'")))
    assert preview.sheets[0].accepted == 5
    assert store.cursor().execute("SELECT count(*) FROM facts.loans").fetchall() == [(0,)]


cells = some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(rows=some.lists(some.tuples(cells, cells, cells), max_size=6), mark=some.sampled_from(",;\t"))
def test_every_row_is_accepted_set_aside_or_ignored(
    store: Store, tmp_path: Path, rows: list[tuple[str, ...]], mark: str
) -> None:
    body = joined([("loan_id", "outstanding", "branch"), ("A1", "12.50", "Kolo"), *rows], mark)
    preview = seen(store, text(tmp_path, body), decimal="point")
    sheet = preview.sheets[0]
    assert sheet.rows_read == sheet.accepted + sheet.set_aside + sheet.ignored
    assert sheet.accepted == len(values(preview, "loans", "loan_id"))


def test_a_rate_is_told_from_its_numbers_though_the_headings_come_again_among_them(
    store: Store, tmp_path: Path
) -> None:
    head = "No Prestamo,Branch Id,Saldo Em Divida,Dpd,Fecha De Desembolso,Taxa De Juros\n"
    rows = [f"L-{k},Kolo,{k}00.50,{k},2025-02-1{k},0.{k}25\n" for k in range(1, 5)]
    preview = seen(store, text(tmp_path, "".join([head, rows[0], head, *rows[1:]])), percent="fraction", likely="take")
    assert [row[0] for row in values(preview, "loans", "nominal_rate_pct")] == [12.5, 22.5, 32.5, 42.5]
    assert all(column.certain for column in preview.sheets[0].columns if column.column != "nominal_rate_pct")
