"""What each command of the command line does. Messages go to stderr, data to stdout."""

import argparse
import json
import threading
from collections.abc import Callable
from datetime import date

import pandas as pd

from metrics import access, activity, checks, ingest, measures, own, picture, rebuilding, schema, speaking, undoing
from metrics import catalogue as indicators
from metrics import composite as table_of_scores
from metrics import policy as policies
from metrics import values as figures
from metrics.activity import Event
from metrics.balance import flips as crossings
from metrics.errors import EvenkeelError, UsageError, nearest
from metrics.opening import reading
from metrics.policy import Policy
from metrics.speaking import LANGUAGE, tell
from metrics.store import Cursor, Scope, Store
from metrics.units import Scored, score_all

# pandas sets the width of columns for the whole process while it writes a table.
ALIGNING = threading.Lock()


def _emit(frame: pd.DataFrame, form: str) -> int:
    """Print a table: aligned, or CSV or JSON in full precision with no line break inside a cell."""
    flat = frame.map(lambda cell: " ".join(cell.split()) if isinstance(cell, str) else cell)
    if form == "csv":
        speaking.out(flat.to_csv(index=False), end="")
    elif form == "json":
        speaking.out(flat.to_json(orient="records", force_ascii=False, date_format="iso", double_precision=15))
    else:
        with ALIGNING:
            text = flat.to_string(index=False, na_rep="")
        speaking.out(text)
    return 0


def _scope(store: Store, chosen: argparse.Namespace) -> Cursor:
    if chosen.institution is None:
        return store.cursor()
    known = [row[0] for row in store.cursor().execute("SELECT institution_id FROM v_institutions").fetchall()]
    if chosen.institution not in known:
        near = nearest(chosen.institution, known)
        raise EvenkeelError(
            "errors.unknown_institution", name=chosen.institution, known=", ".join(known[:20]), nearest=near
        )
    return store.cursor(Scope(institutions=(chosen.institution,)))


def day(text: str | None) -> date | None:
    """A date as the command line writes it; raises UsageError where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("errors.bad_date", value=text) from error


def _where(chosen: argparse.Namespace) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for text in chosen.where:
        column, sign, value = text.partition("=")
        if not sign:
            raise UsageError("errors.bad_filter", value=text)
        found.setdefault(column, []).append(value)
    return [(column, tuple(wanted)) for column, wanted in found.items()]


def _policy(chosen: argparse.Namespace) -> Policy:
    found = policies.load(chosen.policy)
    social = getattr(chosen, "social", None)
    if social is None:
        return found
    if not 0 <= social <= 100:
        raise UsageError("errors.bad_share", value=social)
    return found.with_social(social)


def _periods(cursor: Cursor, chosen: argparse.Namespace) -> list[date] | None:
    known = figures.periods(cursor)
    wanted = day(chosen.as_of)
    if not known:
        raise EvenkeelError("errors.no_data", path=str(chosen.data))
    if getattr(chosen, "all_periods", False):
        return None
    if wanted is not None and wanted not in known:
        shown = ", ".join(str(day) for day in known[-6:]) or "-"
        raise EvenkeelError("errors.no_such_period", period=str(wanted), periods=shown)
    return [wanted] if wanted else known[-1:]


def values(chosen: argparse.Namespace) -> int:
    """period, unit, indicator, value, n, status."""
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        settings = _policy(chosen).settings
        frame = figures.values(cursor, settings, chosen.by, _periods(cursor, chosen), _where(chosen), chosen.indicator)
    frame["n"] = frame["n"].astype("Int64")
    return _emit(frame, chosen.format)


def _scores(store: Store, chosen: argparse.Namespace) -> tuple[Scored, list[int]]:
    cursor = _scope(store, chosen)
    policy = picture.resolved(_policy(chosen))
    wanted = _periods(cursor, chosen)
    scored = score_all(cursor, policy, chosen.by, _where(chosen), wanted)
    return scored, [place for place, (day, _) in enumerate(scored.rows) if wanted is None or day in wanted]


def score(chosen: argparse.Namespace) -> int:
    """unit, node, score, low, high, coverage, rank."""
    with reading(chosen) as store:
        scored, rows = _scores(store, chosen)
    part = picture.at_rows(scored.scores, rows)
    return _emit(part.frame([scored.rows[row][1] for row in rows]), chosen.format)


def flips(chosen: argparse.Namespace) -> int:
    """unit_a, unit_b, social: the social share at which the two swap."""
    with reading(chosen) as store:
        scored, rows = _scores(store, chosen)
    part = picture.at_rows(scored.scores, rows)
    root = part.policy.nodes[0]
    first, second, share = crossings(part.node("financial"), part.node("social"), root.exponent, root.epsilon)
    names = [scored.rows[row][1] for row in rows]
    frame = pd.DataFrame({"unit_a": [names[i] for i in first], "unit_b": [names[i] for i in second], "social": share})
    return _emit(frame.sort_values("social", ignore_index=True), chosen.format)


def composite(chosen: argparse.Namespace) -> int:
    """The scoring engine alone, on anyone's table."""
    return _emit(table_of_scores.composite(chosen.file, policies.load(chosen.policy)), chosen.format)


def catalogue(chosen: argparse.Namespace) -> int:
    """id, pillar, theme, title, unit, better, units, source."""
    own.use(chosen.data)
    rows = [
        {
            "id": i.id, "pillar": i.pillar, "theme": i.theme, "title": i.text(LANGUAGE, "title"), "unit": i.unit,
            "better": i.better, "units": " ".join(i.units), "needs": ", ".join(i.needs()),
            "source": i.text(LANGUAGE, "source"),
        }
        for i in indicators.indicators().values()
    ]  # fmt: skip
    return _emit(pd.DataFrame(rows), chosen.format)


def tables(chosen: argparse.Namespace) -> int:
    """table, column, type, required, meaning."""
    rows = [
        {
            "table": table.name, "column": column, "type": kind, "required": column in table.required,
            "meaning": table.comments[column],
        }
        for table in schema.tables().values()
        for column, kind in table.columns.items()
    ]  # fmt: skip
    return _emit(pd.DataFrame(rows), chosen.format)


def batches(chosen: argparse.Namespace) -> int:
    """One row a file of a batch, with its counts, sums and notes."""
    with reading(chosen) as store:
        frame = store.batches()
    frame["notes"] = [
        " | ".join(ingest.read_note(line).text(LANGUAGE) for line in json.loads(notes)) for notes in frame["notes"]
    ]
    return _emit(frame, chosen.format)


def check(chosen: argparse.Namespace) -> int:
    """check, severity, count, title, meaning, remedy; with --only, the rows behind one check."""
    with reading(chosen) as store:
        found = checks.run(_scope(store, chosen), [chosen.only] if chosen.only else None)
    if chosen.only:
        return _emit(found[0].rows if found else pd.DataFrame(), chosen.format)
    rows = [
        {"check": f.check.name, "severity": f.check.severity, "count": f.count}
        | {name: f.check.text(LANGUAGE, name) for name in checks.TEXTS}
        for f in found
    ]
    tell("checked", n=len(found), checks=len(checks.catalogue()))
    return _emit(pd.DataFrame(rows), chosen.format) if rows else 0


def rollback(chosen: argparse.Namespace) -> int:
    """Take a batch out of every figure."""
    return _turn(chosen, undoing.take_out, "rolled_back")


def restore(chosen: argparse.Namespace) -> int:
    """Bring a batch back that was rolled back."""
    return _turn(chosen, undoing.bring_back, "restored")


def _turn(chosen: argparse.Namespace, turn: Callable[[Store, int], None], said: str) -> int:
    """Take a batch out or bring it back; the sample is nobody's to change."""
    if not Store.exists(chosen.data):
        raise EvenkeelError("errors.no_such_batch", batch=str(chosen.batch))
    with reading(chosen) as store:
        turn(store, chosen.batch)
    tell(said, batch=str(chosen.batch))
    return 0


def rebuild(chosen: argparse.Namespace) -> int:
    """loan, doubt: the loans whose past is not wholly known; what was rebuilt is said beside them."""
    with reading(chosen) as store:
        found = rebuilding.rebuild(store, _scope(store, chosen), chosen.months, speaking.who())
    for note in found.notes:
        speaking.err(note.text(LANGUAGE))
    tell("rebuilt", batch=str(found.batch), n=found.rows)
    rows = [{"loan": loan, "doubt": kind} for kind, loans in found.loans.items() for loan in loans]
    return _emit(pd.DataFrame(rows), chosen.format) if rows else 0


def build(chosen: argparse.Namespace) -> int:
    """Recompute all measures."""
    access.need("upload")
    with reading(chosen) as store:
        store.write(_rebuilt)
    tell("built")
    return 0


def _rebuilt(cursor: Cursor) -> None:
    measures.build(cursor, None)
    activity.add(cursor, Event("rebuild", "measures"))
