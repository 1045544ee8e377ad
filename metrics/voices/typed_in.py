"""Complaints, statements and answers that a reader types in: checked at once, landed as rows like any other."""

import datetime
from collections.abc import Mapping, Sequence

from metrics import schema
from metrics.errors import EvenkeelError, nearest
from metrics.records import Body, Cursor, Kind
from metrics.voices.asked import TABLES, Question, questions
from metrics.voices.recorded import check_category, check_sentiment, check_severity
from metrics.voices.rules import rules

Rows = list[dict[str, object]]
TYPED = "typed"  # the survey that answers belong to where nobody names one
BRANCHES = "SELECT branch_id FROM v_branches ORDER BY branch_id"
CLIENTS = "SELECT client_id FROM v_clients WHERE client_id = ?"


def _day(body: Body, name: str) -> datetime.date | None:
    """A day of a body; refused where it is none, or still to come."""
    value = body.get(name)
    if value is None:
        return None
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError as error:
        raise EvenkeelError("voices.bad_day", value=str(value)) from error
    if day > datetime.date.today():
        raise EvenkeelError("voices.day_to_come", day=day)
    return day


def _order(body: Body, first: str, then: str) -> None:
    """Refuse an end before its beginning."""
    begun, ended = _day(body, first), _day(body, then)
    if begun and ended and ended < begun:
        raise EvenkeelError("voices.ended_before", first=begun, then=ended)


def _place(cursor: Cursor, body: Body) -> None:
    """Refuse a branch or a client that the data do not know."""
    branch, client = body.get("branch_id"), body.get("client_id")
    known = [row[0] for row in cursor.execute(BRANCHES).fetchall()]
    if branch and known and branch not in known:
        raise EvenkeelError("voices.unknown_branch", name=branch, nearest=nearest(str(branch), known))
    if client and not cursor.execute(CLIENTS, [client]).fetchall():
        raise EvenkeelError("voices.unknown_client", name=client)


def _codes(table: str, body: Body) -> None:
    """Refuse a code that a column of the table does not have."""
    for column, codes in schema.tables()[table].enums.items():
        value = body.get(column)
        if value and value not in codes:
            near = nearest(str(value), codes)
            raise EvenkeelError("voices.unknown_code", name=str(value), known=", ".join(codes), nearest=near)


def _complaint(cursor: Cursor, record_id: str, body: Body) -> None:
    _day(body, "received_on")
    _order(body, "received_on", "closed_on")
    _place(cursor, body)
    _codes("complaints", body)
    if "severity" in body:
        check_severity(body["severity"])
    if "category" in body and not rules().named(str(body["category"])):
        check_category(str(body["category"]))
    sql = "SELECT received_on FROM v_complaints WHERE complaint_id = ?"
    _free(cursor, "complaint", record_id, cursor.execute(sql, [record_id]).fetchall(), _day(body, "received_on"))


def _free(
    cursor: Cursor, kind: str, record_id: str, rows: Sequence[tuple[datetime.date]], day: datetime.date | None
) -> None:
    """Refuse a new record under the number of another day's row, which it would replace unseen."""
    sql = "SELECT count(*) FROM v_records WHERE kind = ? AND record_id = ?"
    written = cursor.execute(sql, [kind, record_id]).fetchall()[0][0]
    if rows and not written and all(row[0] != day for row in rows):
        raise EvenkeelError("voices.number_taken", id=record_id, day=rows[0][0])


def _statement(cursor: Cursor, record_id: str, body: Body) -> None:
    _order(body, "held_on", "answered_on")
    _day(body, "planned_on")
    _place(cursor, body)
    _codes("stakeholder_consultations", body)
    if "sentiment" in body:
        check_sentiment(body["sentiment"])
    for name in ("participants_f", "participants_m"):
        n = body.get(name, 0)
        if not isinstance(n, int) or n < 0:
            raise EvenkeelError("voices.participants_negative", value=str(n))
    event, number = event_of(record_id)
    sql = "SELECT held_on FROM v_stakeholder_consultations WHERE event_id = ? AND statement_no = ?"
    _free(cursor, "statement", record_id, cursor.execute(sql, [event, number]).fetchall(), _day(body, "held_on"))


def _answered(of: str, kind: str, cursor: Cursor, record_id: str, body: Body) -> None:
    _day(body, "answered_on")
    _place(cursor, body)
    table = TABLES[of]
    _codes(table, body)
    known = questions(of)
    given = {key: value for key, value in body["answers"].items() if value not in (None, "")}
    if not given:
        raise EvenkeelError("voices.nothing_answered")
    for key, value in given.items():
        if key not in known:
            raise EvenkeelError("voices.unknown_question", name=key, nearest=nearest(key, known))
        _check_answer(known[key], value)
    survey, response = response_of(record_id, body)
    sql = "SELECT answered_on FROM v_client_surveys WHERE survey_id = ? AND response_id = ?"
    if of == "staff":
        sql = "SELECT answered_on FROM v_staff_surveys WHERE survey_id = ? AND response_id = ?"
    _free(cursor, kind, record_id, cursor.execute(sql, [survey, response]).fetchall(), _day(body, "answered_on"))


def _check_answer(question: Question, value: object) -> None:
    """Refuse an answer that the question does not take; `value` is the answer or {"code", "text"}."""
    told = _parts(question, value)
    number, code = told.get("answer_num"), told.get("answer_code")
    if question.kind == "number" and not (
        isinstance(number, (int, float)) and question.least <= number <= question.most
    ):
        raise EvenkeelError("voices.answer_outside", key=question.key, value=str(value), least=question.least,
                            most=question.most)  # fmt: skip
    if question.kind == "code" and code not in question.codes:
        near = nearest(str(code), question.codes)
        raise EvenkeelError("voices.unknown_code", name=str(code), known=", ".join(question.codes), nearest=near)


def _parts(question: Question, value: object) -> dict[str, object]:
    """The columns that hold an answer."""
    if isinstance(value, Mapping):
        return {f"answer_{part}": value[part] for part in ("code", "num", "text") if value.get(part) is not None}
    return {{"number": "answer_num", "code": "answer_code", "text": "answer_text"}[question.kind]: value}


def event_of(record_id: str) -> tuple[str, int]:
    """Event and number of a statement: M-7/2 is the second of M-7; without a number it is the first."""
    event, mark, number = record_id.rpartition("/")
    return (event, int(number)) if mark and number.isdigit() else (record_id, 1)


def response_of(record_id: str, body: Body) -> tuple[str, str]:
    """Survey and response of a respondent's answers: spring/R1 is R1 of spring."""
    survey, mark, response = record_id.partition("/")
    return (survey, response) if mark else (str(body.get("survey_id") or TYPED), record_id)


def _columns(table: str, body: Body) -> dict[str, object]:
    return {name: value for name, value in body.items() if name in schema.tables()[table].columns}


def _complaint_rows(record_id: str, body: Body) -> Rows:
    return [{"complaint_id": record_id, **_columns("complaints", body)}]


def _statement_rows(record_id: str, body: Body) -> Rows:
    event, number = event_of(record_id)
    return [{"event_id": event, "statement_no": number, **_columns("stakeholder_consultations", body)}]


def _answer_rows(of: str, record_id: str, body: Body) -> Rows:
    survey, response = response_of(record_id, body)
    about = _columns(TABLES[of], body) | {"survey_id": survey, "response_id": response}
    known = questions(of)
    answers = {key: _parts(known[key], value) for key, value in body["answers"].items() if value not in (None, "")}
    used = dict.fromkeys(part for parts in answers.values() for part in parts)
    return [about | {"question_key": key} | {part: parts.get(part) for part in used} for key, parts in answers.items()]


def _fields(needed: Sequence[str], others: Sequence[str]) -> dict[str, bool]:
    return dict.fromkeys(needed, True) | dict.fromkeys(others, False)


COMPLAINT = Kind(
    "complaint", "voices",
    _fields(("received_on", "description"),
            ("channel", "client_id", "branch_id", "product_id", "officer_id", "category", "severity", "closed_on",
             "outcome", "satisfied", "may_quote")),
    _complaint, "complaints", _complaint_rows,
)  # fmt: skip
STATEMENT = Kind(
    "statement", "voices",
    _fields(("held_on", "stakeholder", "statement"),
            ("planned_on", "branch_id", "method", "participants_f", "participants_m", "topic", "sentiment",
             "answered_on", "may_quote")),
    _statement, "stakeholder_consultations", _statement_rows,
)  # fmt: skip
ANSWERS = Kind(
    "answers", "voices",
    _fields(("survey_type", "answered_on", "answers"),
            ("survey_id", "client_id", "branch_id", "product_id", "gender", "location", "age_band", "mode",
             "may_quote")),
    lambda cursor, record_id, body: _answered("clients", "answers", cursor, record_id, body),
    "client_surveys", lambda record_id, body: _answer_rows("clients", record_id, body),
)  # fmt: skip
STAFF_ANSWERS = Kind(
    "staff_answers", "voices",
    _fields(("answered_on", "answers"), ("survey_id", "branch_id", "role", "gender", "mode", "may_quote")),
    lambda cursor, record_id, body: _answered("staff", "staff_answers", cursor, record_id, body),
    "staff_surveys", lambda record_id, body: _answer_rows("staff", record_id, body),
)  # fmt: skip
KINDS = {kind.name: kind for kind in (COMPLAINT, STATEMENT, ANSWERS, STAFF_ANSWERS)}


def new_id(cursor: Cursor, kind: Kind) -> str:
    """The next free number for something typed in, that no row and no record bears: T-001 and on."""
    sql = "SELECT record_id FROM v_records WHERE kind = ?"
    taken = {row[0] for row in cursor.execute(sql, [kind.name]).fetchall()}
    taken |= {row[0] for row in cursor.execute("SELECT complaint_id FROM v_complaints").fetchall()}
    taken |= {row[0] for row in cursor.execute("SELECT event_id FROM v_stakeholder_consultations").fetchall()}
    number = 1 + sum(name.startswith("T-") for name in taken)
    while f"T-{number:03d}" in taken:
        number += 1
    return f"T-{number:03d}"
