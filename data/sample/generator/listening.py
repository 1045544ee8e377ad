"""Consultations, issues, reports and social audits: what stakeholders said, and what was done about it."""

import numpy as np

from generator import sayings
from generator.branches import BRANCHES
from generator.clock import LAST, day, dice, month_end
from generator.tables import Table

FIRST = -12
METHODS = {"community": "village meeting", "authority": "visit", "partner": "workshop", "staff": "focus group"}
ISSUES = (
    ("client", "collection conduct", "conduct", "Head of operations", "Retrain officers on collection",
     "complaints_rate"),
    ("client", "waiting time", "service_fit", "Branch manager", "Decide on loans within five days", "nps"),
    ("staff", "workload", "human_resources", "Head of human resources", "Hire a loan officer", "caseload_overload"),
    ("community", "indebtedness", "over_indebtedness", "Head of credit", "Ask the bureau before each loan",
     "overindebted_share"),
    ("authority", "reports", "accountability", "Finance director", "Send the quarterly return early",
     "report_timeliness"),
    ("audit", "file checks", "credit", "Head of internal audit", "Check one file in ten", "par30"),
    ("funder", "social data", "data_quality", "Head of data", "Record poverty at enrolment", "target_segment_share"),
    ("partner", "privacy", "legal", "Head of data", "Hide names on group lists", "data_privacy_incidents"),
)  # fmt: skip
REPORTS = (                      # audience, title, months between two, days to deliver, fields
    ("board", "Board report on risk", 3, 20, 48),
    ("investor", "Investor report", 3, 30, 60),
    ("regulator", "Prudential return", 3, 25, 35),
    ("donor", "Donor report", 6, 45, 40),
    ("public", "Annual report", 12, 120, 80),
    ("client", "Price list for clients", 6, 15, 12),
)
PRACTICES = {
    "Social strategy": ("The strategy names its target clients", "Social targets are measurable",
                        "Social data are checked", "Poverty is measured at enrolment", "Results are split by gender"),
    "Committed leadership": ("The board reviews social results", "A board member has social expertise",
                             "Decisions weigh social and financial data", "The director answers for social results"),
    "Client-centred products": ("Clients are asked what they need", "Reasons for leaving are recorded",
                                "Products fit seasonal income", "Savings are open to all clients"),
    "Client protection": ("Repayment capacity is assessed", "The credit bureau is asked", "Prices are given as an APR",
                          "A conduct code binds collectors", "Client data are kept safe",
                          "Complaints are answered in time", "Clients know how to complain"),
    "Responsible treatment of staff": ("Contracts are written", "Salaries are equal for equal work",
                                       "Harassment can be reported in confidence", "Staff are trained each year",
                                       "Workload is monitored"),
    "Responsible growth and returns": ("Growth is capped by capacity", "Profit targets are reasonable",
                                       "Dividends follow a policy", "Top pay is disclosed"),
    "Environment": ("Loans are screened for harm", "Climate risk is mapped", "Green loans are offered",
                    "The institution measures its own footprint"),
}  # fmt: skip
AUDITS = (("SA-2024", 1, 0.36), ("SA-2026", 17, 0.56))      # month, and the part of questions answered yes


def tables(strain: dict[str, float]) -> dict[str, Table]:
    """Four tables; `strain` tells how hard work is in each branch, 0 to 1."""
    return {
        "stakeholder_consultations": _consultations(strain),
        "issues_actions": _issues(strain),
        "disclosures": _disclosures(),
        "practice_answers": _practices(),
    }


def _consultations(strain: dict[str, float]) -> Table:
    """Two meetings a year in each branch's area; where work is hard one is put off, and what is said is harder."""
    rows: list[dict[str, object]] = []
    for branch in BRANCHES:
        rng = dice(branch.no, 166)
        weary = strain[branch.id]
        for number, month in enumerate(range(FIRST + branch.no % 6, LAST + 1, 6)):
            kind = "community" if number % 3 != 2 else ("authority", "partner", "staff")[branch.no % 3]
            planned = day(month, int(rng.integers(4, 26)))
            held = planned + np.timedelta64(int(rng.integers(0, 9)), "D")
            missed = rng.random() < (0.09 if month < 12 else 0.06 + 0.7 * weary) or held > month_end(LAST)
            event = {
                "event_id": f"{branch.no:02d}-M{number + 1}", "planned_on": planned, "stakeholder": kind,
                "branch_id": branch.id, "method": METHODS[kind],
            }  # fmt: skip
            if missed:
                rows.append(event | {"statement_no": 0})
                continue
            women, men = int(rng.integers(8, 40)), int(rng.integers(6, 30))
            event |= {"held_on": held, "participants_f": women, "participants_m": men}
            for line in range(1, int(rng.integers(3, 6)) + 1):
                said = _said(weary if month >= 12 else 0.2 * weary, held, number + line, rng)
                rows.append(event | {"statement_no": line} | said)
    for row, agreed in zip(rows, sayings.consent(len(rows), 0, 211).tolist(), strict=True):
        row["may_quote"] = agreed if row["statement_no"] else None
    return _table(rows)


def _said(weary: float, held: np.datetime64, turn: int, rng: np.random.Generator) -> dict[str, object]:
    draw, pick = rng.random(), int(rng.integers(0, 4))
    (topic, texts), feeling = sayings.NEITHER[pick % 2], 0.0
    if draw < 0.58 - 0.45 * weary:
        (topic, texts), feeling = sayings.GOOD[pick], float(rng.choice([0.5, 1.0]))
    elif draw < 0.80 + 0.05 * weary:
        (topic, texts), feeling = sayings.BAD[pick], float(rng.choice([-0.5, -1.0]))
    answered = held + np.timedelta64(int(rng.integers(7, 60)), "D")
    told = rng.random() < 0.75 and answered <= month_end(LAST)
    coded = rng.random() < 0.95
    return {
        "topic": topic, "statement": texts[turn % len(texts)], "sentiment": feeling if coded else None,
        "answered_on": answered if told else None,
    }  # fmt: skip


def _issues(strain: dict[str, float]) -> Table:
    """Issues of two years; most are acted on within 90 days, some are never answered."""
    rng = dice(0, 167)
    rows: list[dict[str, object]] = []
    for number in range(108):
        source, category, risk, owner, action, effect = ISSUES[int(rng.integers(0, len(ISSUES)))]
        branch = BRANCHES[int(rng.integers(0, len(BRANCHES)))].id
        raised = day(int(rng.integers(FIRST, LAST + 1)), int(rng.integers(1, 29)))
        done = raised + np.timedelta64(int(rng.integers(10, 110)), "D")
        answered = done + np.timedelta64(int(rng.integers(1, 15)), "D")
        acted = rng.random() < 0.88 - 0.45 * strain[branch] and done <= month_end(LAST)
        told = acted and rng.random() < 0.86 and answered <= month_end(LAST)
        rows.append({
            "issue_id": f"I-{number + 1:03d}", "source": source, "category": category, "risk_id": risk,
            "branch_id": branch, "raised_on": raised, "owner": owner, "action": action,
            "due_on": raised + np.timedelta64(90, "D"), "done_on": done if acted else None,
            "answered_on": answered if told else None, "effect_indicator_id": effect,
        })  # fmt: skip
    return _table(rows)


def _disclosures() -> Table:
    """Reports for each audience by a calendar; the donor's comes late, the investor's lacks fields."""
    rng = dice(0, 168)
    rows: list[dict[str, object]] = []
    for audience, title, every, wait, fields in REPORTS:
        for month in range(FIRST - 1 + every, LAST + 1, every):
            due = month_end(month) + np.timedelta64(wait, "D")
            late = int(rng.integers(3, 20)) if rng.random() < (0.5 if audience == "donor" else 0.06) else 0
            given = due - np.timedelta64(int(rng.integers(0, 6)), "D") + np.timedelta64(late + 6 * (late > 0), "D")
            filled = fields - int(rng.binomial(fields, 0.09 if audience == "investor" else 0.03))
            known = given <= month_end(LAST)
            rows.append({
                "report_id": f"{audience}-{np.datetime64(month_end(month), 'M')}", "audience": audience, "title": title,
                "due_on": due, "delivered_on": given if known else None, "fields_required": fields,
                "fields_filled": filled if known else None,
            })  # fmt: skip
    return _table(rows)


def _practices() -> Table:
    """Two social audits of the same questions; the later one finds more in place."""
    rows: list[dict[str, object]] = []
    for number, (audit, month, share) in enumerate(AUDITS):
        rng = dice(0, 169, number)
        for place, (dimension, questions) in enumerate(PRACTICES.items(), start=1):
            # Work with the environment has only begun.
            yes = share - (0.3 if dimension == "Environment" else 0.0)
            for line, question in enumerate(questions, start=1):
                kind = int(np.searchsorted(np.cumsum([yes, 0.26, 0.95 - yes - 0.26]), rng.random()))
                answer = ("yes", "partially", "no", "not_applicable")[kind]
                rows.append({
                    "audit_id": audit, "answered_on": day(month, 15), "tool": "Self-assessment of social practices",
                    "dimension": dimension, "question_id": f"{place}.{line}", "question": question, "answer": answer,
                    "evidence": "policy and files seen" if answer == "yes" else None,
                })  # fmt: skip
    return _table(rows)


def _table(rows: list[dict[str, object]]) -> Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}
