"""Files at fault: a sentence that says where, what and what to do; every table stays as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.errors import DefinitionError, OpenQuestion
from metrics.ingest.files import safe_name
from metrics.store import Store
from metrics.words import LANGUAGES
from tests.ingesting import FIVE, checksums, five, joined, landed, opened, refusal, seen, text


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("refused")) as store:
        landed(store, text(tmp_path_factory.mktemp("first"), five(), name="first.csv"))
        yield store


REFUSED = {
    "an empty file": ("", "import.file_empty"),
    "blanks only": (" \n \n", "import.file_empty"),
    "separators only": (";;;\n;;;\n", "import.file_blank"),
    "headings only": (five().splitlines()[0] + "\n", "import.no_rows"),
    "headings and a total": (five().splitlines()[0] + "\nTotal,,,,,0,\n", "import.no_rows"),
    "one column": ("loan_id\n1\n2\n", "import.columns_missing"),
    "no known heading": ("name,colour\nKolo,blue\n", "import.nothing_recognised"),
    "no headings at all": (joined(list(FIVE)), "import.question_no_headings"),
    "no balance": ("loan_id,client_id,branch\n1,C1,Kolo\n", "import.columns_missing"),
    "no loan number": ("client_id,outstanding,days_late\nC1,5,0\n", "import.columns_missing"),
    "the same heading twice": ("loan_id,outstanding,amount,Amount\n1,5,6,7\n", "import.question_doubled"),
    "two headings for one column": ("loan_id,Loan no,outstanding\n1,2,3\n", "import.question_doubled"),
    "every row at fault": ("loan_id,outstanding\n1,x\n2,y\n", "import.every_row_set_aside"),
    "two currencies": ("loan_id,outstanding,currency\n1,5,XOF\n2,6,XOF\n3,7,USD\n", "import.two_currencies"),
    "random bytes": (bytes(range(256)) * 40, "import.file_not_a_table"),
    "a PDF": (b"%PDF-1.7 ...", "import.file_not_a_table"),
    "a web page": ("<html><body>Sign in</body></html>", "import.file_web_page"),
    "another program's XML": ("<?xml version='1.0'?><Workbook xmlns='urn:x'></Workbook>", "import.file_web_page"),
    "a zip that is no workbook": (b"PK\x03\x04" + b"\0" * 100, "import.file_damaged"),
    "an old workbook cut short": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import.file_damaged"),
    "16,384 columns": (",".join(f"c{no}" for no in range(16_384)) + "\n", "import.too_many_columns"),
    "a line without end": ("x" * (2 << 20), "import.line_too_long"),
}


@pytest.mark.many
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_at_fault_is_refused_and_nothing_changes(store: Store, tmp_path: Path, name: str) -> None:
    content, key = REFUSED[name]
    error = refusal(store, text(tmp_path, content, name="faulty.csv"))
    assert error.key == key
    for language in LANGUAGES:
        assert "faulty.csv" in error.text(language)
        assert error.text(language)[-1] in ".)"


def test_a_file_that_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    assert refusal(store, tmp_path / "gone.csv").key == "import.file_unreadable"


def test_one_file_at_fault_keeps_the_others_from_landing_and_all_are_shown(store: Store, tmp_path: Path) -> None:
    good, bad = text(tmp_path, five(r1c1="99999")), text(tmp_path, "name,colour\n1,2\n", name="bad.csv")
    preview = seen(store, good, bad)
    assert [sheet.accepted for sheet in preview.sheets] == [5]
    assert [error.key for error in preview.refused] == ["import.nothing_recognised"]
    assert refusal(store, good, bad).key == "import.nothing_recognised"


def test_a_name_is_kept_as_text_of_at_most_200_characters(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "", name="x\u202ey\n" + "n" * 240)
    error = refusal(store, path)
    assert len(str(error.params["file"])) == 200
    assert safe_name("../../etc/x\u202e.csv") == ".._.._etc_x_.csv"


QUESTIONS = {
    "which day": (five(), {"as_of": None}, "--as-of DATE"),
    "day or month first": (five(r1c4="03/01/2025", r2c4="04/01/2025"), {}, "--date-order dmy|mdy"),
    "decimals or thousands": ("loan_id;outstanding\nA;1,234\n", {}, "--decimal comma|point"),
    "another book for the same day": (five(r1c6="1.00"), {}, "--replace"),
    "a branch that is not known": (five(r1c3="Kollo"), {"institution": "own"}, "--accept-new branch"),
}


@pytest.mark.many
@pytest.mark.parametrize("name", QUESTIONS)
def test_an_open_question_changes_nothing_and_names_its_option(store: Store, tmp_path: Path, name: str) -> None:
    content, given, option = QUESTIONS[name]
    error = refusal(store, text(tmp_path, content), **given)
    assert isinstance(error, OpenQuestion)
    assert error.option == option
    assert option in error.text("en")
    assert option in error.text("fr")


def test_an_unknown_branch_is_compared_with_the_known_ones(store: Store, tmp_path: Path) -> None:
    assert 'Did you mean "Kolo"?' in refusal(store, text(tmp_path, five(r1c3="Kollo"))).text("en")


WRONG_MAPPINGS = {
    "no table": ("[columns]\nloan_id = 'x'\n", "errors.definition_missing_key"),
    "an unknown table": ("table = 'lones'\n", "errors.definition_unknown_key"),
    "an unknown key": ("table = 'loans'\ncolums = 1\n", "errors.definition_unknown_key"),
    "an unknown column": ("table = 'loans'\n[columns]\nloan = 'x'\n", "errors.definition_unknown_key"),
    "an unknown answer": ("table = 'loans'\ndate_order = 'dym'\n", "errors.definition_bad_value"),
    "no TOML": ("table = \n", "errors.definition_bad_toml"),
}


@pytest.mark.parametrize("name", WRONG_MAPPINGS)
def test_a_wrong_mapping_is_refused_with_its_file_and_key(store: Store, tmp_path: Path, name: str) -> None:
    content, key = WRONG_MAPPINGS[name]
    mapping = text(tmp_path, content, name="wrong.toml")
    before = checksums(store)
    with pytest.raises(DefinitionError) as caught:
        seen(store, text(tmp_path, five()), mapping=mapping)
    assert caught.value.key == key
    assert "wrong.toml" in caught.value.text("en")
    assert checksums(store) == before


WORKBOOKS = {
    "mpesa_mixed.xls": ("import.refused_statement", "statement"),
    "benin2022.xlsx": ("import.nothing_to_import", "Look-up Tables 6Q holds poverty"),
    "ghana2019.xlsx": ("import.nothing_to_import", "Scorecard holds poverty"),
    "philippines2023.xlsx": ("import.nothing_to_import", "Poverty Benchmark by Province holds poverty"),
}


@pytest.mark.many
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_real_workbook_that_is_no_table_of_ours_is_refused_by_sheet(store: Store, shared: Path, name: str) -> None:
    error = refusal(store, shared / "workbooks" / name)
    assert error.key == WORKBOOKS[name][0]
    assert WORKBOOKS[name][1] in error.text("en")


def test_the_list_of_3114_institutions_is_read_as_it_is(store: Store, shared: Path) -> None:
    preview = seen(store, shared / "workbooks" / "mix-market-mfi-company-metadata.xlsx")
    sheet = preview.sheets[0]
    assert (sheet.table, sheet.rows_read, sheet.accepted) == ("institutions", 3114, 3114)
    found = preview.cursor.execute("SELECT * FROM in_institutions WHERE institution_id = '100256'").fetchall()
    assert found[0][:5] == ("100256", "2CM", "Benin", "Africa", "NGO")
    assert not preview.questions
