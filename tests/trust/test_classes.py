"""Columns are classed: canonical ones in one file, identifiers of a file by heading and by cells, and left out."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from metrics import classes, configuration, schema
from metrics.ingest import land
from metrics.ingest.classes import of_cells, of_heading, personal
from metrics.store import Store
from tests.fresh import opened
from tests.ingesting import seen, text

LOANS = """loan_id,client_id,{name},{phone},branch_id,disbursed_on,disbursed_amount,principal_outstanding,days_past_due
L1,C1,Zenobia Quarkswift,+221 77 909 8172,B1,2025-01-10,1000,800,0
L2,C2,Moussa Fall,+221 77 909 8173,B1,2025-01-11,1000,700,0
L3,C3,Fatou Ndiaye,+221 77 909 8174,B1,2025-01-12,1000,Quarkswift,0
"""
MARKS = (b"Zenobia", b"Quarkswift", b"909 8172")


def test_every_canonical_column_has_one_class() -> None:
    for table in schema.tables().values():
        told = classes.of_table(table.name)
        assert set(told) == set(table.columns), table.name
        assert set(told.values()) <= {classes.QUASI, classes.SENSITIVE, classes.MEASURE}


def test_a_column_that_no_table_has_is_taken_for_an_identifier() -> None:
    assert classes.of_column("full name", "clients") == classes.IDENTIFIER
    assert classes.of_column("gender", "loans", "clients") == classes.QUASI


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Client Name", "name"), ("Nom et prénom(s)", "name"), ("Nombre y apellidos", "name"),
        ("Nome completo", "name"),
        ("Phone No.", "phone"), ("N° de téléphone", "phone"), ("Celular", "phone"), ("E-mail", "email"),
        ("Adresse du client", "address"), ("Dirección", "address"), ("CNI", "national_id"),
        ("Documento de identidad", "national_id"), ("_GPS_latitude", "position"), ("IBAN", "bank_account"),
        ("Product name", ""), ("Nom de l'agence", ""), ("Number of members", ""), ("Nombre de prêts", ""),
        ("Mobile banking fee %", ""), ("Outstanding", ""),
    ],
)  # fmt: skip
def test_a_heading_names_the_kind_of_identifier(heading: str, kind: str) -> None:
    assert of_heading(heading) == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["+221 77 123 45 67", "+221 76 123 45 67"], "phone"), (["77 123 45 67", "76 123 45 68"], "phone"),
        (["awa@example.org", "b.fall@example.com"], "email"), (["14.71677, -17.46771", "14.5, -17.2"], ""),
        (["14.7167712 -17.4677113 0 0", "14.5167712 -17.2677113 0 0"], "position"),
        (["1234567890123", "9876543210123"], "national_id"), (["CF90123456ABC", "CF90123457ABD"], "national_id"),
        (["Awa Diop", "Moussa Fall", "Fatou Ndiaye"], "name"), (["AWA DIOP", "ÉLISE N’DA"], "name"),
        (["2025-01-03", "2025-01-04"], ""), (["1000.50", "900.25"], ""), (["agriculture", "petty trade"], ""),
        (["6f1c1a2e-1111-4222-8333-123456789012", "7f1c1a2e-1111-4222-8333-123456789012"], ""),
    ],
)  # fmt: skip
def test_cells_show_the_kind_of_identifier(cells: list[str], kind: str) -> None:
    assert of_cells(cells) == kind


def test_a_loan_number_that_looks_like_a_telephone_is_a_loan_number() -> None:
    assert of_cells(["0771234567", "0771234568"], mapped=True) == ""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "data")


def brought(store: Store, folder: Path, **answers: object) -> dict[str, object]:
    """Land three loans under headings that say nothing; returns what the folder says of the batch."""
    path = text(folder, LOANS.format(name="col a", phone="col b"), name="loans.csv")
    with closing(seen(store, path, institution="own", **answers).cursor):
        landed = land(store, seen(store, path, institution="own", **answers), "test")
    assert store.raw is not None
    return json.loads((store.raw / "batches" / f"{landed.batch_id}.json").read_text("utf-8"))


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_file_with_names_is_not_kept_its_rows_are(store: Store, tmp_path: Path) -> None:
    told = brought(store, tmp_path)
    assert told["how"] == "rows"
    assert not [mark for mark in MARKS if mark in bytes_of(tmp_path / "data")]


def test_a_value_set_aside_of_a_figure_is_shown_and_of_a_person_hidden(store: Store, tmp_path: Path) -> None:
    heads = "client_id,gender,birth_date,household_income_month,branch_id"
    rows = f"{heads}\nC1,F,Quarkswift,10,B1\nC2,F,1990-01-01,ten,B1\nC3,F,1991-01-01,9,B1\n"
    found = seen(store, text(tmp_path, rows, name="clients.csv"), institution="own")
    land(store, found, "test")
    told = store.cursor().execute("SELECT column_name, value FROM set_aside ORDER BY row_no").fetchall()
    assert told == [("birth_date", classes.HIDDEN), ("household_income_month", classes.HIDDEN)]


def test_who_brings_a_file_may_have_it_kept_and_the_account_says_so(store: Store, tmp_path: Path) -> None:
    told = brought(store, tmp_path, keep_file=True)
    assert told["how"] == "files" and MARKS[0] in bytes_of(tmp_path / "data")
    answers = store.cursor().execute("SELECT told_after -> 'answers' FROM activity WHERE what = 'upload'").fetchall()
    assert json.loads(answers[0][0])["keep_file"] is True


@pytest.mark.parametrize(("keep_files", "how"), [("always", "files"), ("never", "rows")])
def test_the_settings_say_what_is_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep_files: str, how: str
) -> None:
    settings = configuration.of("x", {"keep_files": keep_files})
    monkeypatch.setattr("metrics.ingest.classes.configuration", lambda: settings)
    assert brought(store, tmp_path)["how"] == how


def test_the_kinds_are_told_before_anything_lands(store: Store, tmp_path: Path) -> None:
    found = personal(seen(store, text(tmp_path, LOANS.format(name="col a", phone="col b"), name="loans.csv")))
    assert [(one.heading, one.kind, one.by_cells) for _, one in found] == [
        ("col a", "name", True), ("col b", "phone", True)
    ]  # fmt: skip


def test_keyed_numbers_are_pseudonyms_that_join_from_file_to_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = configuration.of("x", {"client_ids": "keyed"})
    for module in ("metrics.ingest.classes", "metrics.ingest.keyed"):
        monkeypatch.setattr(f"{module}.configuration", lambda: settings)
    clients = "client_id,gender,branch_id\nMARKED-1,F,B1\nMARKED-2,M,B1\n"
    loans = "\n".join(
        ["loan_id,client_id,branch_id,disbursed_on,disbursed_amount,principal_outstanding,days_past_due",
         "MARKED-L1,MARKED-1,B1,2025-01-10,1000,800,0", "MARKED-L2,MARKED-2,B1,2025-01-11,1000,700,0"]
    )  # fmt: skip
    for name, rows in (("loans.csv", loans), ("clients.csv", clients)):
        land(store, seen(store, text(tmp_path, rows, name=name), institution="own"), "test")
    joined = "SELECT count(*), bool_and(starts_with(c.client_id, 'k-')) FROM loans JOIN clients AS c USING (client_id)"
    assert store.cursor().execute(joined).fetchall() == [(2, True)]
    store.cursor().execute("CHECKPOINT")
    assert b"MARKED-" not in bytes_of(tmp_path / "data")
