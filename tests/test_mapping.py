"""Recognising tables and columns: invented exports in four languages, Fineract's own tables, what is never certain."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from metrics import schema
from metrics.__main__ import main
from metrics.ingest import Options, concepts, files, headings, heads, kept, recognise, rows
from metrics.ingest.model import Plan
from metrics.store import Store
from tests.exports import EXPORTS, Export
from tests.exports.fresh import FRESH
from tests.ingesting import five, landed, notes, opened, refusal, seen, text, values

LATER = datetime.date(2026, 10, 31)
LEAST_RIGHT = 0.95
FRESH_RIGHT = 0.90
# Fineract's exports: which canonical column each of its columns feeds; all others feed none.
FINERACT = {
    "m_office": ("branches", {"id", "name", "opening_date", "hierarchy"}),
    "m_client": ("clients", {"id", "office_id", "status_enum", "activation_date", "date_of_birth", "legal_form_enum",
                             "gender_cv_id", "closedon_date"}),
    "m_product_loan": ("products", {"id", "name", "annual_nominal_interest_rate", "interest_method_enum",
                                    "number_of_repayments", "repay_every", "repayment_period_frequency_enum"}),
    "m_loan": ("loans", {"id", "client_id", "group_id", "product_id", "loan_officer_id", "loan_status_id",
                         "currency_code", "principal_disbursed_derived", "principal_outstanding_derived",
                         "principal_writtenoff_derived", "annual_nominal_interest_rate", "disbursedon_date",
                         "expected_maturedon_date", "rescheduledon_date", "writtenoffon_date", "loan_counter"}),
    "m_loan_repayment_schedule": ("loan_schedule", {
        "loan_id", "installment", "duedate", "principal_amount", "principal_completed_derived", "interest_amount",
        "interest_completed_derived", "fee_charges_amount", "fee_charges_completed_derived",
        "penalty_charges_amount", "penalty_charges_completed_derived", "completed_derived",
        "obligations_met_on_date"}),
    "m_loan_arrears_aging": ("loans", {"loan_id", "principal_overdue_derived"}),
}  # fmt: skip


@dataclass
class Score:
    """What recognition made of some exports."""

    columns: int = 0
    right: int = 0
    wrong_certain: tuple[tuple[str, str, str], ...] = ()
    wrong: tuple[tuple[str, str, str | None, str | None], ...] = ()
    tables: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("mapping")) as store:
        yield store


def plan_of(store: Store, path: Path, **given: object) -> Plan:
    """How a file's only sheet is read."""
    cursor = store.cursor()
    rows.prepare(cursor)
    with files.folder(store) as place:
        (sheet,) = files.sheets(path, place)
        rows.load(cursor, sheet, "in_raw_mapping")
        top = rows.top(cursor, "in_raw_mapping")
        found = recognise.best(sheet, heads.candidates(top), Options(**given), cursor)
    assert found is not None
    return found.plan


def score(store: Store, folder: Path, exports: tuple[Export, ...]) -> Score:
    found = Score()
    for export in exports:
        plan = plan_of(store, export.write(folder))
        if plan.table != export.table:
            found.tables += (export.name,)
        got = {use.heading: use for use in plan.uses}
        for heading, truth in export.truth.items():
            use = got.get(heading)
            fits = (use.column if use else None) == truth and plan.table == export.table
            found.columns += 1
            found.right += fits
            if not fits:
                found.wrong += ((export.name, heading, truth, use.column if use else None),)
                if use and use.certain:
                    found.wrong_certain += ((export.name, heading, use.column),)
    return found


@pytest.mark.full
def test_twelve_exports_in_four_languages_are_recognised(store: Store, tmp_path: Path) -> None:
    assert len(EXPORTS) == 12 and {export.language for export in EXPORTS} == {"en", "fr", "es", "pt"}
    found = score(store, tmp_path, EXPORTS)
    assert found.tables == ()
    assert found.wrong_certain == ()
    assert found.right >= found.columns * LEAST_RIGHT, found.wrong


def test_four_fresh_exports_that_nobody_tuned_for(store: Store, tmp_path: Path) -> None:
    found = score(store, tmp_path, FRESH)
    assert found.wrong_certain == ()
    assert found.right >= found.columns * FRESH_RIGHT, found.wrong


@pytest.mark.parametrize("name", FINERACT)
def test_fineracts_own_tables(store: Store, shared: Path, name: str) -> None:
    plan = plan_of(store, shared / "golden" / "fineract" / f"{name}.csv")
    assert plan.shape == "fineract" and plan.table == name
    assert {use.column for use in plan.uses} == FINERACT[name][1]
    assert all(use.certain and use.heading == use.column for use in plan.uses)


def test_a_likely_column_is_asked_and_never_taken_silently(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "Ln A/C No.,O/S Principal,Arrears Days\n001,10.50,0\n002,20.25,31\n003,5.75,0\n004,9.10,2\n")
    preview = seen(store, path)
    assert [question.key for question in preview.questions] == ["import.question_likely"]
    said = preview.questions[0].text("en")
    assert '"Ln A/C No." = loan_id' in said and "--likely take" in said and "loans" in said
    taken = seen(store, path, likely="take")
    assert taken.questions == ()
    assert values(taken, "loans", "loan_id", "days_past_due") == [("001", 0), ("002", 31), ("003", 0), ("004", 2)]


def test_likely_columns_left_out_leave_the_certain_ones(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "loan_id,outstanding,Mt décaissé\n1,10.50,20\n2,20.25,40\n3,5.75,60\n4,9.10,80\n")
    preview = seen(store, path, likely="leave")
    assert preview.questions == () and preview.sheets[0].unused == ("Mt décaissé",)
    needed = text(tmp_path, "Ln A/C No.,outstanding,Arrears Days\n001,10.50,0\n002,20.25,31\n003,5.75,0\n", "b.csv")
    assert refusal(store, needed, likely="leave").key == "import.columns_missing"


def test_contents_that_are_another_kind_take_the_certainty_away(store: Store, tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "loan_id,outstanding,days late,disbursement date\n"
        + "".join(f"{n},{n}0.5,2025-01-{n:02d},{n * 1000}.25\n" for n in range(1, 10)),
    )
    uses = {use.column: use for use in plan_of(store, path).uses}
    assert uses["loan_id"].certain and uses["principal_outstanding"].certain
    assert uses["days_past_due"].reason == "looks" and uses["disbursed_on"].reason == "looks"


def test_a_number_that_repeats_does_not_number_loans_for_certain(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "Loan no,outstanding\n" + "".join(f"{n % 4},{n}.5\n" for n in range(40)))
    assert {use.column: use.reason for use in plan_of(store, path).uses}["loan_id"] == "looks"


@pytest.mark.parametrize("heading", ["Amount", "Montant", "Principal", "Mora", "Retard"])
def test_a_word_of_many_meanings_is_never_certain(store: Store, tmp_path: Path, heading: str) -> None:
    path = text(tmp_path, f"loan_id,outstanding,{heading}\n1,2.5,3\n2,4.5,5\n3,6.5,7\n")
    assert all(use.certain == (use.heading != heading) for use in plan_of(store, path).uses)


def test_numbers_that_are_landed_tell_whose_they_are(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        landed(own, text(tmp_path, "client_id,gender,branch\n" + "".join(f"K{n},F,B1\n" for n in range(9)), "c.csv"))
        path = text(tmp_path, "loan_id,outstanding,Zxq\n" + "".join(f"L{n},{n}.5,K{n}\n" for n in range(9)))
        uses = {use.heading: use for use in plan_of(own, path).uses}
    assert (uses["Zxq"].column, uses["Zxq"].reason) == ("client_id", "ids")


def test_genders_and_one_currency_tell_themselves(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "loan_id,outstanding,Zxq,Wvu\n" + "".join(f"{n},{n}.5,{'FM'[n % 2]},XOF\n" for n in range(9)))
    uses = {use.heading: (use.column, use.certain) for use in plan_of(store, path).uses}
    assert uses["Wvu"] == ("currency", False)
    assert "Zxq" not in uses  # a loan book has no gender of its own


def test_a_ledger_is_no_list_of_savings(store: Store, tmp_path: Path) -> None:
    (ledger,) = [export for export in EXPORTS if export.table == "financials_monthly"]
    assert plan_of(store, ledger.write(tmp_path)).table == "financials_monthly"


def test_every_word_and_pattern_of_the_concepts_is_known() -> None:
    for table in schema.tables():
        for column, choices in concepts.patterns(table).items():
            assert column in {*schema.tables()[table].columns, *headings.carried_by(table)}
            assert all(needed | allowed <= concepts.names() for needed, allowed in choices), (table, column)
    assert concepts.unknown_columns() == []


SYSTEMS = {
    # Mambu, Musoni and Mifos X, Temenos T24, Loan Performer: their own words for a loan book.
    "mambu": ("loans", {"Account ID": "loan_id", "Principal Balance": "principal_outstanding",
                        "Disbursement Date": "disbursed_on", "Loan Amount": "disbursed_amount",
                        "Days In Arrears": "days_past_due", "Assigned Branch": "branch_id",
                        "Credit Officer": "officer_id", "Interest Rate": "nominal_rate_pct"}),
    "mambu api": ("loans", {"loanId": "loan_id", "principalBalance": "principal_outstanding",
                            "disbursementDate": "disbursed_on", "loanAmount": "disbursed_amount",
                            "assignedBranchKey": "branch_id"}),
    "musoni": ("loans", {"Loan Account No": "loan_id", "Client Id": "client_id", "Office Name": "branch_id",
                         "Loan Officer Name": "officer_id", "Principal Disbursed": "disbursed_amount",
                         "Principal Outstanding": "principal_outstanding", "Principal Overdue": "overdue_principal",
                         "Days in Arrears": "days_past_due", "Disbursed On Date": "disbursed_on"}),
    "t24": ("loans", {"ARRANGEMENT.ID": "loan_id", "CUSTOMER.ID": "client_id", "ACCT.OFFICER": "officer_id",
                      "FIN.MAT.DATE": "maturity_on", "OUTS.PRINCIPAL": "principal_outstanding",
                      "DAYS.OVERDUE": "days_past_due", "CCY": "currency"}),
    "loan performer": ("loans", {"Loan number": "loan_id", "Client code": "client_id", "Disb. date": "disbursed_on",
                                 "Loan amount": "disbursed_amount", "Principal balance": "principal_outstanding",
                                 "Principal arrears": "overdue_principal", "Days in arrears": "days_past_due",
                                 "Loan cycle": "cycle_no", "Expiry date": "maturity_on"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_words_of_core_banking_systems(name: str) -> None:
    table, truth = SYSTEMS[name]
    known = headings.of_table(table)
    for heading, column in truth.items():
        found = next((known[form] for form in headings.forms(heading) if form in known), None)
        found = headings.NAMED_BACK.get(found or "", found)
        assert (found,) == (column,) or concepts.best(heading, table) == (column,), heading


SENDER = "Ln A/C No.,O/S Principal,Arrears Days,Disb. Dt\n"
MONTH = SENDER + "001,10.50,0,03/01/2025\n002,20.25,31,04/01/2025\n003,5.75,0,05/02/2025\n004,9.10,2,06/02/2025\n"


def test_what_was_settled_is_kept_for_the_sender(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        first = text(tmp_path, MONTH, "october.csv")
        asked = [question.key for question in seen(own, first).questions]
        assert asked == ["import.question_likely", "import.question_date_order"]
        landed(own, first, likely="take", date_order="dmy")
        again = seen(own, text(tmp_path, MONTH.replace("001", "009"), "november.csv"), as_of=LATER)
        assert again.questions == () and "note_kept_mapping" in notes(again)
        assert values(again, "loans", "loan_id", "disbursed_on")[0] == ("009", datetime.date(2025, 1, 3))
        other = seen(own, text(tmp_path, MONTH.replace("Arrears Days", "Days in arr."), "other.csv"), as_of=LATER)
        assert "import.question_likely" in [question.key for question in other.questions]
        assert seen(own, first, table="clients", as_of=LATER).refused  # another table is asked for: nothing is kept


def test_a_clear_sheet_keeps_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        landed(own, text(tmp_path, five()))
        assert own.cursor().execute("SELECT count(*) FROM kept_mappings").fetchall() == [(0,)]


def test_a_mapping_is_written_as_toml_and_read_back(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, MONTH), likely="take", date_order="dmy")
    (reading,) = preview.readings
    written = text(tmp_path, kept.toml(kept.of_plan(reading.plan, preview.options)), "own.toml")
    again = seen(store, text(tmp_path, MONTH), mapping=written)
    assert again.questions == () and all(use.reason == "mapping" for use in again.sheets[0].columns)
    columns = ("loan_id", "principal_outstanding", "days_past_due", "disbursed_on", "as_of")
    assert values(again, "loans", *columns) == values(preview, "loans", *columns)


def test_a_heading_that_stands_twice_is_written_by_letter(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, "loan_id,outstanding,note,note\n1,2.5,a,b\n2,3.5,c,d\n3,4.5,e,f\n")
    given = {"table": "loans", "columns": {"loan_id": "loan_id", "principal_outstanding": "outstanding",
                                           "purpose_sector": "[D]"}}  # fmt: skip
    preview = seen(store, path, mapping=given)
    assert kept.of_plan(preview.readings[0].plan, preview.options)["columns"]["purpose_sector"] == "[D]"


def test_the_command_line_saves_and_takes_a_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, saved = text(tmp_path, MONTH), tmp_path / "sender.toml"
    common = ["--data", str(tmp_path / "cli"), "import", str(path), "--as-of", "2026-09-30"]
    assert main([*common, "--save-mapping", str(saved)]) == 1
    said = capsys.readouterr().err
    assert '"Ln A/C No." = loan_id' in said and "sender.toml" in said
    assert 'loan_id" = "Ln A/C No."' in saved.read_text(encoding="utf-8")
    assert main([*common, "--mapping", str(saved), "--date-order", "dmy"]) == 0
