"""Apache Fineract's own tables, recognised as they are exported, and what they say in canonical terms.

Days late = reporting date minus the due date of the oldest unpaid instalment. The branch of a loan is its
client's office. Loan status: 100 submitted, 200 approved, 300 active, 303 and 304 in transfer, 400 withdrawn,
500 rejected, 600 closed, 601 written off, 602 rescheduled, 700 overpaid.
Source: README of apache/fineract-business-intelligence and the tables of apache/fineract.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.errors import InputError
from metrics.ingest.model import Note, Reading, Spec
from metrics.store import Cursor, quote

KINDS: dict[str, dict[str, str]] = {
    "m_office": {"id": "text", "name": "text", "opening_date": "date", "hierarchy": "text"},
    "m_client": {
        "id": "text", "office_id": "text", "status_enum": "whole", "activation_date": "date",
        "date_of_birth": "date", "legal_form_enum": "whole", "gender_cv_id": "text", "closedon_date": "date",
    },
    "m_product_loan": {
        "id": "text", "name": "text", "annual_nominal_interest_rate": "number", "interest_method_enum": "whole",
        "number_of_repayments": "whole", "repay_every": "whole", "repayment_period_frequency_enum": "whole",
    },
    "m_loan": {
        "id": "text", "client_id": "text", "group_id": "text", "product_id": "text", "loan_officer_id": "text",
        "loan_status_id": "whole", "currency_code": "text", "principal_disbursed_derived": "amount",
        "principal_outstanding_derived": "amount", "principal_writtenoff_derived": "amount",
        "annual_nominal_interest_rate": "number", "disbursedon_date": "date", "expected_maturedon_date": "date",
        "rescheduledon_date": "date", "writtenoffon_date": "date", "loan_counter": "whole",
    },
    "m_loan_repayment_schedule": {
        "loan_id": "text", "installment": "whole", "duedate": "date", "principal_amount": "amount",
        "principal_completed_derived": "amount", "interest_amount": "amount", "interest_completed_derived": "amount",
        "fee_charges_amount": "amount", "fee_charges_completed_derived": "amount",
        "penalty_charges_amount": "amount", "penalty_charges_completed_derived": "amount",
        "completed_derived": "flag", "obligations_met_on_date": "date",
    },
    "m_loan_arrears_aging": {"loan_id": "text", "principal_overdue_derived": "amount"},
}  # fmt: skip
NEEDED = {
    "m_office": ("id", "name", "hierarchy"),
    "m_client": ("id", "office_id", "status_enum"),
    "m_product_loan": ("id", "name", "annual_nominal_interest_rate"),
    "m_loan": ("id", "loan_status_id", "product_id"),
    "m_loan_repayment_schedule": ("loan_id", "installment", "duedate", "completed_derived"),
    "m_loan_arrears_aging": ("loan_id", "principal_overdue_derived"),
}
# Columns that a row cannot do without; loans never disbursed have no balance yet.
FILLED = {name: tuple(c for c in needed if c != "hierarchy") for name, needed in NEEDED.items()}
KEYS = {"m_loan_repayment_schedule": ("loan_id", "installment"), "m_loan_arrears_aging": ("loan_id",)}
LANDS_AS = {
    "m_office": "branches", "m_client": "clients", "m_product_loan": "products", "m_loan": "loans",
    "m_loan_repayment_schedule": "loan_schedule", "m_loan_arrears_aging": "loans",
}  # fmt: skip
TYPES = {
    "text": "VARCHAR", "date": "DATE", "whole": "INTEGER", "amount": "DECIMAL(22, 6)", "number": "DOUBLE",
    "flag": "BOOLEAN",
}  # fmt: skip
NEVER_DISBURSED = (100, 200, 400, 500)
NO_CLIENT = (100, 700, 800)


@dataclass(frozen=True)
class Known:
    """A Fineract table: its name and what it is read as."""

    table: str
    spec: Spec


def recognise(texts: Sequence[str]) -> Known | None:
    """The Fineract table whose headings these are."""
    heads = {text.lower() for text in texts}
    for name, needed in NEEDED.items():
        telling = [column for column in KINDS[name] if column in heads]
        if heads.issuperset(needed) and len(telling) * 2 > len(KINDS[name]):
            return Known(name, Spec(KINDS[name], FILLED[name], KEYS.get(name, ("id",))))
    return None


def assemble(cursor: Cursor, readings: Mapping[str, Reading], institution: str, as_of: str | None) -> list[Note]:
    """Add the rows of Fineract's tables to the canonical ones; return what should be known about them.

    Raises:
        InputError: loans without their repayment schedule: nothing would say which are late.
    """
    _stand_ins(cursor, readings)
    params = {"institution": institution}
    for name, statement in (("m_office", BRANCHES), ("m_product_loan", PRODUCTS), ("m_client", CLIENTS)):
        if name in readings:
            cursor.execute(statement, params | {"file": readings[name].number})
    if "m_loan_repayment_schedule" in readings:
        cursor.execute(SCHEDULE, params | {"file": readings["m_loan_repayment_schedule"].number})
    return _loans(cursor, readings, params | {"as_of": as_of}) if "m_loan" in readings else []


def _stand_ins(cursor: Cursor, readings: Mapping[str, Reading]) -> None:
    """Each table as `in_NAME` with the rows that will land; empty where it was not given."""
    for name, kinds in KINDS.items():
        columns = ", ".join(
            quote(column)
            if name in readings and readings[name].plan.use(column)
            else f"CAST(NULL AS {TYPES[kind]}) AS {quote(column)}"
            for column, kind in kinds.items()
        )
        nothing = "(SELECT 0 AS row_no, false AS ignored, 0 AS fault)"
        source = quote(readings[name].typed) if name in readings else nothing
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE {quote("in_" + name)} AS
            SELECT row_no, {columns} FROM {source} WHERE NOT ignored AND fault IS NULL"""
        )


def _loans(cursor: Cursor, readings: Mapping[str, Reading], params: dict[str, object]) -> list[Note]:
    loans = readings["m_loan"]
    if "m_loan_repayment_schedule" not in readings:
        raise InputError("import.fineract_schedule_missing", file=loans.plan.sheet.place)
    arrears = "m_loan_arrears_aging" in readings
    cursor.execute(LOANS, params | {"file": loans.number, "arrears": arrears})
    known = "SELECT client_id, branch_id FROM clients WHERE institution_id = ?"
    if "m_client" not in readings and cursor.execute(known, [params["institution"]]).fetchall():
        cursor.execute(BRANCH_OF_KNOWN_CLIENTS)
    notes = []
    empty = cursor.execute(COUNT_EMPTY).fetchall()[0][0]
    if empty:
        notes.append(Note("import.note_active_without_balance", {"n": empty}))
    if not cursor.execute("SELECT count(is_renegotiated) FROM in_loans").fetchall()[0][0]:
        notes.append(Note("import.note_renegotiated_unknown"))
    if cursor.execute("SELECT count(gender_cv_id) FROM in_m_client").fetchall()[0][0]:
        notes.append(Note("import.note_gender_codes"))
    return notes


def mark_ignored(cursor: Cursor, reading: Reading) -> list[Note]:
    """Rows that are no loans or clients yet (applications, rejections): ignored and counted."""
    columns = {"m_loan": ("loan_status_id", NEVER_DISBURSED), "m_client": ("status_enum", NO_CLIENT)}
    if reading.plan.table not in columns:
        return []
    column, codes = columns[reading.plan.table]
    rows = cursor.execute(
        f"""UPDATE {quote(reading.typed)} SET ignored = true, fault = NULL
        WHERE NOT ignored AND list_contains(?, {quote(column)}) RETURNING row_no""",
        [list(codes)],
    ).fetchall()
    return [Note("import.note_applications", {"n": len(rows)})] if rows else []


BRANCHES = """
INSERT INTO in_branches BY NAME
SELECT $institution AS institution_id, id AS branch_id, name AS branch_name, opening_date AS opened_on,
    $file AS file_no, row_no
FROM in_m_office
"""
PRODUCTS = """
INSERT INTO in_products BY NAME
SELECT $institution AS institution_id, id AS product_id, name AS product_name, 'loan' AS product_type,
    annual_nominal_interest_rate AS nominal_rate_pct,
    CASE interest_method_enum WHEN 0 THEN 'declining' WHEN 1 THEN 'flat' END AS interest_method,
    if(repayment_period_frequency_enum = 2, number_of_repayments * repay_every, NULL) AS term_months,
    $file AS file_no, row_no
FROM in_m_product_loan
"""
CLIENTS = """
INSERT INTO in_clients BY NAME
SELECT $institution AS institution_id, id AS client_id, office_id AS branch_id,
    CASE legal_form_enum WHEN 1 THEN 'person' WHEN 2 THEN 'legal_entity' END AS client_type,
    date_of_birth AS birth_date, activation_date AS joined_on, closedon_date AS exited_on,
    $file AS file_no, row_no
FROM in_m_client
"""
SCHEDULE = """
INSERT INTO in_loan_schedule BY NAME
SELECT $institution AS institution_id, loan_id, installment AS instalment_no, duedate AS due_on,
    principal_amount AS due_principal, interest_amount AS due_interest,
    coalesce(fee_charges_amount, 0) + coalesce(penalty_charges_amount, 0) AS due_fees,
    principal_completed_derived AS paid_principal, interest_completed_derived AS paid_interest,
    coalesce(fee_charges_completed_derived, 0) + coalesce(penalty_charges_completed_derived, 0) AS paid_fees,
    obligations_met_on_date AS paid_on, completed_derived AS completed, $file AS file_no, row_no
FROM in_m_loan_repayment_schedule
"""
LOANS = """
INSERT INTO in_loans BY NAME
WITH late AS (
    SELECT loan_id, min(duedate) AS since, sum(if(duedate < $as_of::DATE - 30,
        principal_amount - coalesce(principal_completed_derived, 0), 0)) AS over_30
    FROM in_m_loan_repayment_schedule
    WHERE NOT coalesce(completed_derived, false) AND duedate < $as_of::DATE GROUP BY loan_id)
SELECT $institution AS institution_id, $as_of::DATE AS as_of, l.id AS loan_id, l.client_id, l.group_id,
    c.office_id AS branch_id, l.product_id, l.loan_officer_id AS officer_id, l.loan_counter AS cycle_no,
    l.disbursedon_date AS disbursed_on, l.principal_disbursed_derived AS disbursed_amount,
    l.expected_maturedon_date AS maturity_on,
    coalesce(l.principal_outstanding_derived, 0) AS principal_outstanding,
    if($arrears, coalesce(a.principal_overdue_derived, 0), NULL) AS overdue_principal,
    coalesce(late.over_30, 0) AS overdue_over_30,
    coalesce($as_of::DATE - late.since, 0) AS days_past_due,
    l.annual_nominal_interest_rate AS nominal_rate_pct,
    CASE l.loan_status_id WHEN 601 THEN 'written_off' WHEN 602 THEN 'rescheduled'
        WHEN 600 THEN 'closed' WHEN 700 THEN 'closed' ELSE 'active' END AS status,
    if(l.loan_status_id = 602 OR l.rescheduledon_date IS NOT NULL, true, NULL) AS is_renegotiated,
    l.writtenoffon_date AS written_off_on,
    nullif(l.principal_writtenoff_derived, 0) AS written_off_amount,
    l.currency_code AS currency, $file AS file_no, l.row_no
FROM in_m_loan AS l
LEFT JOIN in_m_client AS c ON c.id = l.client_id
LEFT JOIN in_m_loan_arrears_aging AS a ON a.loan_id = l.id
LEFT JOIN late ON late.loan_id = l.id
"""
BRANCH_OF_KNOWN_CLIENTS = """
UPDATE in_loans SET branch_id = c.branch_id FROM clients AS c
WHERE c.institution_id = in_loans.institution_id AND c.client_id = in_loans.client_id
"""
COUNT_EMPTY = """
SELECT count(*) FROM in_m_loan
WHERE loan_status_id IN (300, 303, 304) AND coalesce(principal_outstanding_derived, 0) = 0
"""
