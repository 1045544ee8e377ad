"""Real workbooks that people upload: each sheet goes to its right table, or a sentence says why it does not."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from metrics.ingest import Preview
from metrics.store import Store
from tests.ingesting import asides, landed, notes, opened, refusal, seen, text, values

SOCIAL = "mix-market-social-performance-dataset.xlsx"
TWICE = ("100148", "102389")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("workbooks")) as store:
        yield store


@pytest.fixture(scope="module")
def book(request: pytest.FixtureRequest) -> Path:
    shared: Path = request.getfixturevalue("shared")
    return shared / "workbooks"


@pytest.fixture(scope="module")
def social(store: Store, book: Path) -> Preview:
    return seen(store, book / SOCIAL, repeated="first")


def test_mifos_clients_are_read_below_their_title(store: Store, book: Path) -> None:
    path = book / "ClientDataImportTest.xls"
    assert [question.key for question in seen(store, path).questions] == ["import.question_likely"]
    preview = seen(store, path, likely="take")
    (sheet,) = preview.sheets
    assert (sheet.table, sheet.rows_read, sheet.accepted, sheet.set_aside, sheet.ignored) == ("clients", 8, 8, 0, 0)
    joined = datetime.date(2008, 4, 12)
    day = {5: datetime.date(1978, 5, 23), 6: datetime.date(1982, 9, 11)}
    expected = [
        *((f"0003-00000012{n}", "DHM", day[5 if n % 2 else 6], None if n == 3 else joined, False)
          for n in (1, 2, 3, 4)),
        *((f"0003-00000012{n}", None, datetime.date(1969, 1, 1), joined if n == 8 else None, n > 6)
          for n in (5, 6, 7, 8)),
    ]  # fmt: skip
    assert values(preview, "clients", "client_id", "branch_id", "birth_date", "joined_on", "disability") == expected
    assert set(values(preview, "clients", "gender", "poverty_band")) == {("F", "poor")}


def test_mifos_loan_accounts_lack_a_balance(store: Store, book: Path) -> None:
    error = refusal(store, book / "ImportLoanAccountsTest.xls")
    assert error.key == "import.columns_missing"
    said = error.text("en")
    assert "Arkusz1 looks like loans" in said and "missing: principal_outstanding." in said
    assert '"*Account Number"' in said and '"*Disbursal Date"' in said


def test_a_mobile_money_statement_is_no_table_of_ours(store: Store, book: Path) -> None:
    error = refusal(store, book / "mpesa_mixed.xls")
    assert error.key == "import.refused_statement" and "mpesa_mixed.xls, Sheet1 is a statement" in error.text("en")


SCORECARDS = {
    "benin2022.xlsx": ["Read", "How to Use", "Scorecard 11Q", "Look-up Tables 11Q", "Scorecard 6Q",
                       "Look-up Tables 6Q", "Household Roster"],
    "ghana2019.xlsx": ["Read", "How to Use", "Scorecard", "Look-up Tables", "Household Roster"],
    "philippines2023.xlsx": ["Read", "How to Use", "Scorecard", "Look-up Table", "Household Roster",
                             "Poverty Benchmarks by Region", "Poverty Benchmark by Province"],
}  # fmt: skip


@pytest.mark.parametrize("name", SCORECARDS)
def test_each_sheet_of_a_scorecard_has_its_sentence(store: Store, book: Path, name: str) -> None:
    error = refusal(store, book / name)
    assert error.key == "import.nothing_to_import"
    lines = error.text("en").splitlines()[1:]
    assert [line.removeprefix(f"- {name}, ").partition(" holds poverty")[0] for line in lines] == SCORECARDS[name]
    assert all("command ppi" in line for line in lines)


def test_a_list_of_institutions_lands_whole(store: Store, book: Path) -> None:
    preview = seen(store, book / "mix-market-mfi-company-metadata.xlsx")
    (sheet,) = preview.sheets
    assert preview.questions == () and all(use.certain for use in sheet.columns)
    assert (sheet.table, sheet.rows_read, sheet.accepted) == ("institutions", 3114, 3114)


@pytest.mark.full
def test_keys_that_stand_many_times_are_asked_about(store: Store, book: Path) -> None:
    preview = seen(store, book / SOCIAL)
    (question,) = preview.questions
    assert question.key == "import.question_repeated"
    assert (question.params["n"], question.params["rows"], question.params["extra"]) == (2, 64, 62)
    said = question.text("en")
    assert all(f"{key}, 2012, 2013-07-16 x 32" in said for key in TWICE) and "--repeated" in said
    (sheet,) = preview.sheets
    assert (sheet.table, sheet.rows_read) == ("practice_answers", 5171)


@pytest.mark.full
def test_the_social_workbook_is_read_as_answers(social: Preview) -> None:
    (sheet,) = social.sheets
    assert social.questions == () and sheet.unused == ("Period Type",)
    assert (sheet.rows_read, sheet.accepted, sheet.set_aside, sheet.ignored) == (5171, 5109, 0, 62)
    assert len(set(values(social, "practice_answers", "institution_id", "audit_id"))) == 5109


@pytest.fixture(scope="module")
def by_hand(book: Path) -> dict[str, dict[str, int]]:
    """Question -> how many rows mark which of its answers, counted from the workbook without the importer."""
    from python_calamine import CalamineWorkbook

    rows: list[list[Any]] = CalamineWorkbook.from_path(str(book / SOCIAL)).get_sheet_by_index(0).to_python()
    heads, kept = [str(head) for head in rows[0]], {}
    for row in rows[1:]:
        kept.setdefault((row[0], row[2]), row)
    found: dict[str, dict[str, int]] = {}
    for place, head in enumerate(heads):
        path, _, answer = head.rpartition(" > ")
        if answer in ("Yes", "No", "Partially", "Unknown"):
            found.setdefault(path, {})[answer.lower()] = sum(row[place] == 1 for row in kept.values())
    return found


@pytest.mark.full
def test_each_single_answer_is_the_column_that_is_marked(social: Preview, by_hand: dict[str, dict[str, int]]) -> None:
    counted: dict[str, dict[str, int]] = {}
    for question, answer, n in social.cursor.execute(
        "SELECT question_id, coalesce(answer::VARCHAR, 'unknown'), count(*) FROM in_practice_answers GROUP BY ALL"
    ).fetchall():
        counted.setdefault(question, {})[answer] = n
    assert len(by_hand) == 29
    for question, answers in by_hand.items():
        assert counted.get(question, {}) == {answer: n for answer, n in answers.items() if n}, question


@pytest.mark.full
def test_zeros_alone_are_not_asked_and_zeros_beside_a_mark_are_no(social: Preview) -> None:
    path = "Social goals > Target market > "
    found = dict(social.cursor.execute(
        "SELECT audit_id, count(*) FROM in_practice_answers WHERE institution_id = '100372' AND question_id LIKE ? "
        "GROUP BY 1", [f"{path}%"]).fetchall())  # fmt: skip
    assert found == {"2011": 4, "2012": 4, "2013": 4, "2014": 4, "2018": 4}
    said = dict(social.cursor.execute(
        "SELECT question_id, answer FROM in_practice_answers WHERE institution_id = '100372' AND audit_id = '2011' "
        "AND question_id LIKE ?", [f"{path}%"]).fetchall())  # fmt: skip
    assert said == {
        f"{path}Women": "yes", f"{path}Adolescents and youth (below 18)": "no",
        f"{path}Clients living in urban areas": "yes", f"{path}Clients living in rural areas": "yes",
    }  # fmt: skip
    none = social.cursor.execute("SELECT count(*) FROM in_practice_answers WHERE question_id LIKE '%None of the above'")
    assert none.fetchall() == [(0,)]


def test_an_audit_of_zeros_says_nothing(tmp_path: Path) -> None:
    heads = [f"Goals > Market > {name}" for name in ("Women", "Youth", "Rural", "None of the above")]
    heads += [f"Care > Complaints > {name}" for name in ("Yes", "No", "Unknown")]
    path = text(tmp_path, ",".join(["MFI ID", "MFI Name", "Fiscal Year", *heads]) + "\n"
                + "A,Alpha,2024,1,0,0,0,0,1,0\n" + "B,Beta,2024,0,0,0,0,0,0,0\n"
                + "C,Gamma,2024,0,0,0,1,0,0,1\n" + "D,Delta,2024,0,1,0,0,1,1,0\n")  # fmt: skip
    with opened(tmp_path) as own:
        preview = seen(own, path)
        found = values(preview, "practice_answers", "institution_id", "question", "answer")
        assert "note_several_marks" in notes(preview)
    assert sorted(found, key=str) == sorted([
        ("A", "Market > Women", "yes"), ("A", "Market > Youth", "no"), ("A", "Market > Rural", "no"),
        ("A", "Complaints", "no"), ("C", "Market > Women", "no"), ("C", "Market > Youth", "no"),
        ("C", "Market > Rural", "no"), ("C", "Complaints", None), ("D", "Market > Women", "no"),
        ("D", "Market > Youth", "yes"), ("D", "Market > Rural", "no"),
    ], key=str)  # fmt: skip


def test_a_french_audit_in_words_is_read(tmp_path: Path) -> None:
    heads = ["Code IMF", "Exercice", "Politique écrite", "Plaintes suivies", "Prix affichés", "Audit interne", "SST"]
    rows = ["K1,2025,Oui,Non,Partiellement,oui,sans objet", "K2,2025,Non,Non,Non,Non,Non"]
    path = text(tmp_path, ",".join(heads) + "\n" + "\n".join(rows) + "\n")
    with opened(tmp_path) as own:
        found = values(seen(own, path), "practice_answers", "institution_id", "answered_on", "question_id", "answer")
    day = datetime.date(2025, 12, 31)
    assert ("K1", day, "Prix affichés", "partially") in found and ("K1", day, "SST", "not_applicable") in found
    assert [row[3] for row in found if row[0] == "K2"] == ["no"] * 5


def test_setting_aside_all_rows_of_a_repeated_key(tmp_path: Path) -> None:
    heads = "MFI ID,Fiscal Year,As of Date," + ",".join(f"Care > Q{n} > {a}" for n in range(3) for a in ("Yes", "No"))
    rows = ["A,2024,2024-12-31,1,0,1,0,0,1", "A,2024,2024-12-31,0,1,1,0,0,1", "B,2024,2024-12-31,1,0,1,0,1,0"]
    path = text(tmp_path, "\n".join([heads, *rows]) + "\n")
    with opened(tmp_path) as own:
        assert seen(own, path).questions[0].key == "import.question_repeated"
        aside = seen(own, path, repeated="aside")
        assert {row[0] for row in asides(aside)} == {2, 3} and aside.sheets[0].accepted == 1
        last = seen(own, path, repeated="last")
        assert ("A", "Care > Q0", "no") in values(last, "practice_answers", "institution_id", "question_id", "answer")
        landed(own, path, repeated="last")
        assert own.cursor().execute("SELECT count(*) FROM practice_answers").fetchall() == [(6,)]
        assert not seen(own, path, repeated="first").repeated  # another row kept is another import
        assert seen(own, path, repeated="last").repeated and seen(own, path).questions == ()  # the answer is kept


def test_flags_of_a_core_banking_system_are_no_audit(tmp_path: Path) -> None:
    heads = "id,name,year," + ",".join(f"allow_{n}" for n in range(8))
    path = text(tmp_path, f"{heads}\n1,A,2024{',t' * 8}\n2,B,2025{',f' * 8}\n3,C,2025{',t' * 8}\n")
    with opened(tmp_path) as own:
        assert not any(sheet.table == "practice_answers" for sheet in seen(own, path).sheets)
