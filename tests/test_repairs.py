"""What is mended in a file is told by name, count and example, can be switched off, and leaves no row unaccounted."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.errors import OpenQuestion
from metrics.ingest import Preview, read_note
from metrics.ingest.repairs import BITS, NAMES
from metrics.ingest.told import Repair
from metrics.store import Store
from metrics.words import LANGUAGES, catalogue
from tests.corpus.make import MAKERS
from tests.ingesting import book, five, landed, opened, refusal, seen, text, values

COMMAS = {f"r{row}c5": amount for row, amount in enumerate(("1000,00", "2000,00", "500,00", "3000,00", "1000,00"), 1)}
MESSY = five(
    ";", **COMMAS, r1c6="KSh 812,50", r2c6="1.500,25", r3c6="418,00", r4c6="2812,281", r5c6="1000,00",
    r1c4="03/01/25", r2c4="13/01/2025", r3c4="45702", r4c4="25 mars 2025", r1c7="n.a.", r2c2="'C2", r2c7="-3",
    r5c3="Ko\u200blo",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database without a record."""
    with opened(tmp_path_factory.mktemp("repairs")) as store:
        yield store


def by_name(preview: Preview) -> dict[tuple[str, str], Repair]:
    """The repairs of the first sheet by name and heading."""
    return {(repair.name, repair.column): repair for repair in preview.sheets[0].repairs}


def counts(preview: Preview) -> tuple[int, int, int]:
    """Rows accepted, set aside and ignored, once they are seen to be all that were read."""
    sheet = preview.sheets[0]
    assert sheet.rows_read == sheet.accepted + sheet.set_aside + sheet.ignored
    return sheet.accepted, sheet.set_aside, sheet.ignored


def test_every_mended_cell_is_told_with_its_place_before_and_after(store: Store, tmp_path: Path) -> None:
    found = by_name(seen(store, text(tmp_path, MESSY)))
    told = {
        key: (repair.count, [(one.row_no, one.before, one.after) for one in repair.examples])
        for key, repair in found.items()
    }
    assert told == {
        ("apostrophe", "client_id"): (1, [(3, "'C2", "C2")]),
        ("invisible", "branch"): (1, [(6, "Ko[U+200B]lo", "Kolo")]),
        ("day_first", "disbursed_on"): (2, [(2, "03/01/25", "2025-01-03"), (3, "13/01/2025", "2025-01-13")]),
        ("short_years", "disbursed_on"): (1, [(2, "03/01/25", "2025-01-03")]),
        ("excel_dates", "disbursed_on"): (1, [(4, "45702", "2025-02-14")]),
        ("month_names", "disbursed_on"): (1, [(5, "25 mars 2025", "2025-03-25")]),
        ("decimal_comma", "disbursed_amount"): (
            5, [(2, "1000,00", "1000"), (3, "2000,00", "2000"), (4, "500,00", "500")],
        ),
        ("decimal_comma", "outstanding"): (
            5, [(2, "KSh 812,50", "812.5"), (3, "1.500,25", "1500.25"), (4, "418,00", "418")],
        ),
        ("currency", "outstanding"): (1, [(2, "KSh 812,50", "812.5")]),
        ("thousands", "outstanding"): (1, [(3, "1.500,25", "1500.25")]),
        ("cents", "outstanding"): (1, [(5, "2812,281", "2812.28")]),
        ("nothing", "days_late"): (1, [(2, "n.a.", "")]),
        ("prepaid", "days_late"): (1, [(3, "-3", "0")]),
    }  # fmt: skip


def test_a_file_without_fault_is_told_no_repair(store: Store, tmp_path: Path) -> None:
    assert seen(store, text(tmp_path, five())).sheets[0].repairs == ()
    numbers = [(*row.split(",")[:4], *map(float, row.split(",")[4:6]), int(row.split(",")[6]))
               for row in five().splitlines()[1:]]  # fmt: skip
    assert seen(store, book(tmp_path, [five().splitlines()[0].split(","), *numbers])).sheets[0].repairs == ()


@pytest.mark.many
@pytest.mark.parametrize(
    ("name", "column", "aside"),
    [
        ("apostrophe", "client_id", [3]),
        ("invisible", "branch", [6]),
        ("excel_dates", "disbursed_on", [4]),
        ("decimal_comma", "disbursed_amount", [2, 3, 4, 5]),
        ("currency", "outstanding", [2]),
        ("nothing", "days_late", [2]),
        ("prepaid", "days_late", [3]),
        ("cents", "outstanding", [5]),
    ],
)
def test_a_repair_that_is_switched_off_sets_its_rows_aside(
    store: Store, tmp_path: Path, name: str, column: str, aside: list[int]
) -> None:
    source = MESSY.replace(";1000,00;1000,00;", ";1000;1000;") if name == "decimal_comma" else MESSY
    preview = seen(store, text(tmp_path, source), off=frozenset({name}))
    assert counts(preview) == (5 - len(aside), len(aside), 0)
    rows = preview.sheets[0].sample
    assert [(row.row_no, row.column) for row in rows] == [(row_no, column) for row_no in aside]
    assert {(row.reason, row.params["repair"]) for row in rows} == {("import.reason_off", name)}
    assert by_name(preview)[name, column].off
    assert not any(repair.name == name for repair in preview.sheets[0].repairs if not repair.off)


def test_rows_of_totals_and_headings_stay_rows_where_that_is_switched_off(store: Store, tmp_path: Path) -> None:
    lines = five().splitlines()
    path = text(tmp_path, "\n".join([*lines[:4], lines[0], *lines[4:], "TOTAL,,,,7500.00,6543.03,130", ""]))
    preview = seen(store, path)
    assert counts(preview) == (5, 0, 2)
    assert {key: repair.count for key, repair in by_name(preview).items()} == {
        ("total_rows", ""): 1, ("headings_again", ""): 1,
    }  # fmt: skip
    assert counts(seen(store, path, off=frozenset({"total_rows"}))) == (6, 0, 1)
    assert counts(seen(store, path, off=frozenset({"headings_again"}))) == (5, 1, 1)


def test_a_row_that_stands_twice_never_lands_twice(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five() + five().splitlines()[1] + "\n")
    assert counts(seen(store, path)) == (5, 0, 1)
    off = seen(store, path, off=frozenset({"repeats"}))
    assert counts(off) == (5, 1, 0)
    assert len(values(off, "loans", "loan_id")) == 5


def test_amounts_in_thousands_stay_as_written_where_that_is_switched_off(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five().replace("amount,outstanding", "amount (in thousands),outstanding (in thousands)"))
    assert by_name(seen(store, path))["scale", "outstanding (in thousands)"].examples[0].after == "812500"
    assert values(seen(store, path, off=frozenset({"scale"})), "loans", "principal_outstanding")[0] == (812.5,)


def test_words_are_told_with_what_each_is_read_as_and_headings_are_no_words(store: Store, tmp_path: Path) -> None:
    heads, *rows = five().splitlines()
    words = ("gender", "Femme", "Homme", "Femme", "zz", "Homme")
    lines = [f"{line},{word}" for line, word in zip([heads, *rows], words, strict=True)]
    preview = seen(store, text(tmp_path, "\n".join([*lines[:3], lines[0], *lines[3:], ""])))
    repair = by_name(preview)["words", "gender"]
    assert repair.count == 5
    assert {(one.before, one.after) for one in repair.examples} >= {("Femme", "F"), ("Homme", "M")}
    (word,) = preview.sheets[0].words
    assert (word.column, word.word, word.count) == ("gender", "zz", 1)
    assert [note.params["n"] for note in preview.sheets[0].notes if note.key == "import.note_unknown_gender"] == [1]


def test_what_a_word_means_is_answered_and_remembered_for_the_sender(store: Store, tmp_path: Path) -> None:
    heads, *rows = five().splitlines()
    lines = [f"{heads},gender", *(f"{row},{word}" for row, word in zip(rows, "xyxyx", strict=True))]
    path = text(tmp_path, "\n".join([*lines, ""]))
    plan = seen(store, path).readings[0].plan
    meant = {"table": "loans", "codes": {"gender": {"x": "F", "y": "M"}}}
    with opened(tmp_path) as own:
        landed(own, path, mappings={plan.mapping["fingerprint"]: meant})
        later = text(tmp_path, "\n".join([*lines[:3], ""]), name="later.csv")
        again = seen(own, later, as_of=datetime.date(2026, 10, 31))
        assert values(again, "clients", "gender") == [("F",), ("M",)]


def test_what_was_mended_and_what_was_not_is_part_of_the_import(store: Store, tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        path = text(tmp_path, MESSY)
        landed(own, path)
        assert seen(own, path).repeated == 1
        assert seen(own, path, off=frozenset({"prepaid"})).repeated is None
        lines = own.cursor().execute("SELECT notes FROM batch_files").fetchall()[0][0]
    told = [read_note(line) for line in json.loads(lines)]
    found = {note.params["repair"]: note.params["examples"] for note in told if "repair" in note.params}
    assert found["apostrophe"] == [[3, "'C2", "C2"]]
    assert all(note.text("fr") for note in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_repair_has_its_words(language: str) -> None:
    assert [name for name in NAMES if f"import.repair_{name}" not in catalogue(language)] == []
    assert len(set(BITS.values())) == len(BITS)


def test_a_question_shows_what_either_answer_would_make_of_the_file(store: Store, tmp_path: Path) -> None:
    error = refusal(store, text(tmp_path, MAKERS["t10b"]()))
    assert isinstance(error, OpenQuestion)
    assert (error.params["point_example"], error.params["comma_example"]) == (9000.0, 9.0)
    assert error.params["point_sum"] != error.params["comma_sum"]
    days = five(r1c4="03/01/2025", r2c4="05/02/2025", r3c4="07/03/2025", r4c4="09/04/2025", r5c4="11/05/2025")
    said = refusal(store, text(tmp_path, days)).text("en").splitlines()
    assert len(said) == 3
    assert "2025" in said[1] and "2025" in said[2] and said[1] != said[2]


def test_the_proof_of_a_date_order_is_the_first_real_date_that_proves_it(store: Store, tmp_path: Path) -> None:
    days = five(r1c4="31/02/2025", r2c4="28/02/2025", r3c4="14/02/2025", r4c4="25/03/2025", r5c4="01/03/2025")
    preview = seen(store, text(tmp_path, days))
    notes = [note for note in preview.sheets[0].notes if note.key == "import.note_day_first"]
    assert [note.params["example"] for note in notes] == ["28/02/2025"]
    assert [(row.row_no, row.reason) for row in preview.sheets[0].sample] == [(2, "import.reason_date")]


def test_two_spellings_of_a_branch_are_asked_about_and_answered(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five(r1c3="Kolo Nord", r2c3="Kolo-Nord"))
    preview = seen(store, path)
    (question,) = preview.questions
    assert (question.key, question.params["suggestions"]) == (
        "import.question_branch_alike", {"Kolo-Nord": "Kolo Nord"},
    )  # fmt: skip
    print_of = preview.readings[0].plan.mapping["fingerprint"]
    for meant, branches in (("Kolo Nord", 3), ("Kolo-Nord", 4)):
        given = {print_of: {"table": "loans", "branches": {"Kolo-Nord": meant}}}
        answered = seen(store, path, mappings=given)
        assert answered.questions == ()
        assert len({row for (row,) in values(answered, "loans", "branch_id")}) == branches
