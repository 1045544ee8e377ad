"""Cells that a user corrects: on the page, and in the workbook of rows set aside that is put in again."""

import datetime
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from metrics import ingest
from metrics.errors import InputError
from metrics.ingest import Options, corrections, marked
from metrics.ingest.model import Correction
from metrics.store import Store
from tests.ingesting import five, opened, options, seen, text, values

FAULTY = five(r2c6="15o0.25", r4c4="31/02/2025", r5c7="soon")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database without a record."""
    with opened(tmp_path_factory.mktemp("corrections")) as store:
        yield store


def sum_of(path: Path) -> str:
    """The sum by which a file is known."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_rows_set_aside_are_grouped_and_say_what_might_be_meant(store: Store, tmp_path: Path) -> None:
    sheet = seen(store, text(tmp_path, FAULTY)).sheets[0]
    assert [(row.row_no, row.place, row.suggestion.params.get("value") if row.suggestion else "")
            for row in sheet.sample] == [(3, 5, "1500.25"), (5, 3, None), (6, 6, "")]  # fmt: skip
    assert {(group.column, group.place, group.count, group.first_row) for group in sheet.groups} == {
        ("outstanding", 5, 1, 3), ("disbursed_on", 3, 1, 5), ("days_late", 6, 1, 6),
    }  # fmt: skip


def test_a_cell_that_is_corrected_in_the_grid_is_read_instead(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, FAULTY)
    preview = seen(store, path)
    before = corrections.grid(preview, 1)
    assert before.loc[3].tolist() == ["00124", "C2", "Kolo", "2025-01-13", "2000.00", "15o0.25", "35"]
    after = before.copy()
    after.loc[3, "outstanding"] = "1500.25"
    after.loc[6, "days_late"] = None
    given = corrections.from_grid(preview.sheets[0].sha256, "", before, after)
    assert given == (
        Correction(sum_of(path), "", 3, 5, "1500.25"), Correction(sum_of(path), "", 6, 6, ""),
    )  # fmt: skip
    preview = seen(store, path, corrections=given)
    assert [row.row_no for row in preview.sheets[0].sample] == [5]
    assert values(preview, "loans", "loan_id", "principal_outstanding", "days_past_due")[1][1:] == (1500.25, 35)
    assert values(preview, "loans", "days_past_due")[-1] == (None,)


def test_of_one_cell_the_newer_correction_counts() -> None:
    old, new = Correction("a", "", 3, 5, "1"), Correction("a", "", 3, 5, "2")
    other = Correction("a", "", 3, 4, "9")
    assert corrections.merged([old, other], [new]) == (other, new)


def test_a_row_that_is_too_short_is_whole_once_it_is_corrected(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five().replace(",1000.00,1000.00,0\n", ",1000.00\n"))
    sheet = seen(store, path).sheets[0]
    assert [(row.row_no, row.place, row.suggestion.params["n"]) for row in sheet.sample if row.suggestion] == [
        (6, None, 5)
    ]
    given = (Correction(sheet.sha256, "", 6, 5, "1000.00"), Correction(sheet.sha256, "", 6, 6, "0"))
    assert seen(store, path, corrections=given).sheets[0].set_aside == 0


@pytest.mark.parametrize("place", [(99, 5), (3, 40), (3, -1)])
def test_a_correction_of_a_cell_that_is_not_there_is_refused(
    store: Store, tmp_path: Path, place: tuple[int, int]
) -> None:
    path = text(tmp_path, FAULTY)
    (error,) = seen(store, path, corrections=(Correction(sum_of(path), "", *place, "1"),)).refused
    assert error.key == "import.correction_nowhere"
    assert str(place[0]) in error.text("fr")


def test_what_a_user_types_is_a_cell_and_nothing_more(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, FAULTY)
    evil = "\x03#REF!'; DROP TABLE facts.loans; --\n=1+1"
    preview = seen(store, path, corrections=(Correction(sum_of(path), "", 3, 0, evil),))
    assert preview.refused == ()
    assert store.cursor().execute("SELECT count(*) FROM facts.loans").fetchall() == [(0,)]


def test_corrections_are_kept_with_the_batch_and_make_it_another_import(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        path = text(tmp_path, FAULTY)
        given = (Correction(sum_of(path), "", 3, 5, "1500.25"),)
        landed = ingest.land(own, seen(own, path, corrections=given), "test")
        assert landed.files[0].set_aside == 2
        assert seen(own, path, corrections=given).repeated == landed.batch_id
        assert seen(own, path).repeated is None
        kept = own.cursor().execute("SELECT answers FROM batches").fetchall()[0][0]
        assert "1500.25" in kept


def workbook(made: marked.Made, folder: Path, cells: dict[str, object], name: str = "back.xlsx") -> Path:
    """A workbook of rows to correct, with some cells changed as a spreadsheet program does."""
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(folder / name)
    return folder / name


def test_rows_that_come_back_corrected_join_the_batch_that_they_were_taken_from(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        path = text(tmp_path, FAULTY)
        preview = seen(own, path)
        batch = ingest.land(own, preview, "test").batch_id
        made = marked.to_correct(own, preview, "fr", batch)
        back = workbook(made, tmp_path, {"G2": 1500.25, "E3": datetime.date(2025, 2, 28)})
        path.unlink()  # the batch has its own copy
        again = ingest.preview(own, [back], Options())
        assert (again.refused, again.questions, again.instead_of) == ((), (), batch)
        assert [(sheet.file, sheet.accepted, sheet.set_aside) for sheet in again.sheets] == [("loans.csv", 4, 1)]
        newer = ingest.land(own, again, "test").batch_id
        found = own.cursor().execute(
            "SELECT loan_id, principal_outstanding, disbursed_on::VARCHAR, batch_id FROM loans"
        )
        rows = {row[0]: row[1:] for row in found.fetchall()}
        assert len(rows) == 4
        assert rows["00124"] == (1500.25, "2025-01-13", newer)
        assert rows["00126"][1] == "2025-02-28"
        assert own.cursor().execute("SELECT status FROM batches ORDER BY batch_id").fetchall() == [
            ("rolled_back",), ("live",),
        ]  # fmt: skip
        # The rows left over come back in their turn; corrections made before are kept.
        last = workbook(marked.to_correct(own, again, "en", newer), tmp_path, {"H2": "0"}, "last.xlsx")
        whole = ingest.preview(own, [last], Options())
        assert [(sheet.accepted, sheet.set_aside) for sheet in whole.sheets] == [(5, 0)]


def test_rows_that_come_back_beside_their_file_correct_it_before_it_lands(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, FAULTY)
    back = workbook(marked.to_correct(store, seen(store, path), "en"), tmp_path, {"G2": "1500.25"})
    preview = ingest.preview(store, [path, back], options())
    assert [(sheet.file, sheet.accepted, sheet.set_aside) for sheet in preview.sheets] == [("loans.csv", 3, 2)]
    assert preview.instead_of is None


@pytest.mark.parametrize(
    ("cells", "beside", "key"),
    [
        ({}, "none", "import.nothing_corrected"),
        ({"G2": "1"}, "none", "import.correction_alone"),
        ({"G2": "1"}, "other", "import.correction_of_other"),
    ],
)
def test_rows_that_belong_nowhere_are_refused(
    store: Store, tmp_path: Path, cells: dict[str, object], beside: str, key: str
) -> None:
    made = marked.to_correct(store, seen(store, text(tmp_path, FAULTY)), "en")
    back = workbook(made, tmp_path, cells)
    paths = [back] if beside == "none" else [back, text(tmp_path, five(), name="other.csv")]
    (error,) = ingest.preview(store, paths, options()).refused
    assert error.key == key
    assert "back.xlsx" in error.text("fr")


def test_nothing_to_correct_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        marked.to_correct(store, seen(store, text(tmp_path, five())), "en")
    assert caught.value.key == "import.nothing_to_mark"
