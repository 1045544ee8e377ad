"""Templates: every column of every table in three languages, and what is filled in them is read as it was meant."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from metrics import schema, templates
from metrics.__main__ import main
from metrics.errors import UsageError
from metrics.ingest import Options, files, headings, preview, recognise, rows
from metrics.templates import STARTER, book, columns, data, filled, sheet_name
from metrics.words import LANGUAGES
from tests.ingesting import opened

TABLES = list(schema.tables())
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def opened_book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def with_examples(content: bytes, tables: list[str], language: str) -> bytes:
    """A template with its example as the first row of each sheet."""
    workbook = opened_book(content)
    for table, sheet in zip(tables, workbook.worksheets, strict=False):
        for number, column in enumerate(columns(table, language), start=1):
            sheet.cell(2, number, column.example)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_every_table_stands_in_each_language(table: str, language: str) -> None:
    given = data(language)[table]
    assert list(given) == list(schema.tables()[table].columns)
    assert all(heading.strip() and meaning.strip() for heading, meaning in given.values())
    assert all(text.strip() for text in data(language)["about"][table])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_texts_names_no_table_column_or_code_that_there_is_not(language: str) -> None:
    texts, tables = data(language), schema.tables()
    named = {name: set(given) for name, given in texts.items() if name not in ("words", "codes", "about", "examples")}
    assert all(given <= set(tables[name].columns) for name, given in named.items())
    codes = {column: set(kinds) for table in tables.values() for column, kinds in table.enums.items()}
    assert all(set(given) <= codes[column] for column, given in texts["codes"].items())
    assert set(texts["words"]) == set(data("en")["words"])
    if language != "en":
        assert {column: set(given) for column, given in texts["codes"].items()} == codes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_what_can_be_chosen_is_what_an_import_takes_for_the_code(table: str, language: str) -> None:
    words = headings.synonyms()["words"]
    for column in columns(table, language):
        if column.kind == "flag":
            assert headings.normal(column.words["true"]) in words["yes"]
            assert headings.normal(column.words["false"]) in words["no"]
        known = headings.of_codes(column.name)
        for code, word in column.words.items() if column.kind == "code" else ():
            assert known.get(headings.normal(word)) == code, (column.name, word)
        assert len(set(column.choices)) == len(column.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_recognised_with_every_column_certain(language: str, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(with_examples(book.workbook(TABLES, language), TABLES, language))
    with opened(tmp_path) as store, files.folder(store) as place:
        cursor = store.cursor()
        rows.prepare(cursor)
        sheets = {sheet.name: sheet for sheet in files.sheets(path, place, path.name)}
        assert headings.is_guide(list(sheets)[-1])
        for table in TABLES:
            sheet = sheets[sheet_name(table, language)]
            rows.load(cursor, sheet, "raw")
            found = recognise.best(sheet, rows.top(cursor, "raw"), Options(), cursor)
            assert found and found.fits and found.plan.table == table, table
            assert {use.column for use in found.plan.uses if use.certain} == set(schema.tables()[table].columns)
            assert not found.plan.unused
            cursor.execute("DROP TABLE raw")


def test_a_starter_workbook_filled_in_is_read_as_it_was_meant(tmp_path: Path) -> None:
    language = "fr"  # the acceptance lines read every template in all three
    path = tmp_path / "starter.xlsx"
    path.write_bytes(with_examples(book.starter(language), list(STARTER), language))
    with opened(tmp_path) as store:
        seen = preview(store, [path], Options())
        assert [error.text() for error in (*seen.refused, *seen.questions)] == []
        assert [sheet.table for sheet in seen.sheets] == list(STARTER)
        for table in STARTER:
            wanted = filled(table, language)
            names = ", ".join(f'"{column}"' for column in wanted)
            found = seen.cursor.execute(f'SELECT {names} FROM "in_{table}"').fetchall()
            plain = [[float(v) if isinstance(v, Decimal) else v for v in row] for row in found]
            assert plain == [list(wanted.values())], table


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_has_notes_lists_and_formats_and_nothing_that_runs(language: str) -> None:
    content = book.template("loans", language)
    sheet, guide = opened_book(content).worksheets
    given = columns("loans", language)
    assert sheet.freeze_panes == "A2" and sheet.max_row == 1
    for number, column in enumerate(given, start=1):
        head: Any = sheet.cell(1, number)
        assert column.meaning in head.comment.text
        assert (templates.said(language, "needed_mark") in head.value) == column.needed
        assert (head.fill.fgColor.rgb == book.DARK) == column.needed
        assert lists(sheet, guide).get(head.column_letter, ()) == column.choices
    explained = {row[0].value: row[3].value for row in guide.iter_rows(max_col=6) if row[3].value}
    assert all(explained[column.heading] == column.meaning for column in given)
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["A"].number_format == ("yyyy-mm-dd" if language == "en" else "dd/mm/yyyy")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        whole = "".join(parts.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet"))
    assert not any("vba" in name.lower() or "external" in name.lower() for name in names)
    assert "<f>" not in whole and "<f " not in whole


def lists(sheet: Worksheet, guide: Worksheet) -> dict[str, tuple[object, ...]]:
    """Column -> what its list of choices shows, as the guide has it."""
    found = {}
    for choice in sheet.data_validations.dataValidation:
        cells = choice.formula1.partition("!")[2].replace("$", "")
        letter = str(choice.sqref).partition("2:")[0]
        found[letter] = tuple(row[0].value for row in guide[cells])
    return found


def test_an_unknown_table_or_language_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="loans"):
        book.template("loan", "en")
    with pytest.raises(UsageError, match="en, fr, es"):
        book.template("loans", "de")


def test_the_command_writes_a_template_and_a_starter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "t.xlsx"
    assert main(["template", "complaints", "--language", "es", "-o", str(file)]) == 0
    assert str(file) in capsys.readouterr().err
    assert opened_book(file.read_bytes()).sheetnames == ["Reclamos", "Cómo llenar"]
    assert main(["template", "starter", "-o", str(file)]) == 0
    assert len(opened_book(file.read_bytes()).sheetnames) == len(STARTER) + 1
    assert main(["template", "loan", "-o", str(tmp_path / "no.xlsx")]) == 2
    assert main(["template", "loans", "-o", str(tmp_path / "no" / "no.xlsx")]) == 1
    assert not (tmp_path / "no.xlsx").exists()
