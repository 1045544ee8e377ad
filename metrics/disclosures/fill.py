"""Filling a template from the data: every value with its definition, its people and its files; gaps said as gaps."""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from metrics import accounts, measures, records, values, voices
from metrics.asking import KINDS
from metrics.catalogue import KEPT, Indicator, indicators
from metrics.disclosures import lists, restating
from metrics.disclosures.counts import COUNTS, counted
from metrics.disclosures.files import Files
from metrics.disclosures.model import EMPTY, HIDDEN, NEEDS, NO_MEMBER, OK, REPORTED, Disclosure, Restated, Value
from metrics.disclosures.template import Item, Template
from metrics.errors import EvenkeelError
from metrics.packs.keeping import hidden_in
from metrics.packs.model import Pack
from metrics.packs.refs import ref
from metrics.records import Cursor

FEWEST = 10
WHOLE = "institution"
WAITS = "not_available: needs "
KEPT_IN = {"branch_id": "loans.branch_id", "officer_id": "loans.officer_id", "sector": "loans.purpose_sector"}
HEARD_IN = ("complaints", "client_surveys", "staff_surveys", "stakeholder_consultations", "issues_actions")
EMPTY_PACK = Pack("", "", "en", "", "", "", (), (), ())


@dataclass(frozen=True, eq=False)
class Asked:
    """What a template is filled from. `settings` are the definitions in force, `policy` the weighting that has them."""

    cursor: Cursor
    settings: Mapping[str, object]
    policy: str
    day: datetime.date
    threshold: int = FEWEST
    sample: bool = False
    published: tuple[Pack, ...] = ()


def fill(asked: Asked, template: Template, last: Disclosure | None = None, last_id: str = "") -> Disclosure:
    """The disclosure of a template at a date.

    Args:
        last: the one of the same template that was published last; what it said is compared.
        last_id: its record.

    Raises:
        EvenkeelError: there is not one institution, or no data at that date.
    """
    name, currency = _institution(asked.cursor)
    if asked.day not in values.periods(asked.cursor):
        known = ", ".join(str(day) for day in values.periods(asked.cursor)[-6:]) or "-"
        raise EvenkeelError("errors.no_such_period", period=str(asked.day), periods=known)
    files = Files(asked.cursor)
    found = _at(asked, template, asked.day, files)
    restated: tuple[Restated, ...] = ()
    if last is not None:
        then = datetime.date.fromisoformat(last.period)
        again = found if then == asked.day else _at(asked, template, then, files)
        restated = restating.restated(last, again, files.listed)
        found = restating.beside(last, found, str(asked.day))
    used = sorted({place for value in found for place in value.sources})
    placed = {old: new for new, old in enumerate(used)}
    return Disclosure(
        template=template.toml, name=template.name, institution=name, currency=currency, sample=asked.sample,
        period=str(asked.day), policy=asked.policy, threshold=asked.threshold,
        sources=tuple(files.listed[place] for place in used),
        values=tuple(replace(one, sources=tuple(sorted(placed[place] for place in one.sources))) for one in found),
        restated=restated, last=last_id, last_period=last.period if last else "",
        account=() if asked.sample else accounts.mark(asked.cursor),
    )  # fmt: skip


def _institution(cursor: Cursor) -> tuple[str, str]:
    records.institution_of(cursor)
    name, currency = cursor.execute("SELECT institution_name, currency FROM v_institutions").fetchall()[0]
    return str(name or ""), str(currency or "")


def _at(asked: Asked, template: Template, day: datetime.date, files: Files) -> tuple[Value, ...]:
    """Every line at a date, with few people kept back."""
    frames = _frames(asked, template.items, day)
    made: list[Value] = []
    for item in template.items:
        if item.kind == "indicator":
            made.append(_of_indicator(asked, item, frames, day, files))
        elif item.kind == "count":
            made.append(_of_count(asked, item, day, files))
        elif item.kind == "loop":
            made.append(_of_loop(asked, item, day, files))
        else:
            rests = files.places(lists.TABLES[item.what], day)
            given = lists.MADE[item.what](asked.cursor, item.id, day, asked.threshold)
            made += [replace(one, sources=rests) for one in given]
    kept = hidden_in(EMPTY_PACK, asked.published, asked.threshold, _people(made, frames, day))
    return tuple(_kept(one) if one.ref(str(day)) in kept else one for one in made)


def _kept(value: Value) -> Value:
    return replace(value, value=None, n=None, coverage=None, status=HIDDEN, needs="")


def _frames(asked: Asked, items: Iterable[Item], day: datetime.date) -> dict[str, pd.DataFrame]:
    """Values by kind of segment; of the institution also what segments are parts of."""
    wanted: dict[str, list[str]] = {WHOLE: []}
    for item in items:
        if item.kind == "indicator":
            wanted[WHOLE].append(item.what)
            if item.by and KINDS[item.by][0] in indicators()[item.what].units:
                wanted.setdefault(item.by, []).append(item.what)
    return {
        by: values.values(asked.cursor, asked.settings, by, [day], (), dict.fromkeys(names))
        for by, names in wanted.items()
        if names
    }


def _people(made: Iterable[Value], frames: Mapping[str, pd.DataFrame], day: datetime.date) -> dict[str, int]:
    """People by the name of each figure, and of those beside it by which it could be worked out."""
    found = {one.ref(str(day)): one.n for one in made if one.n is not None and one.what not in _unpeopled()}
    for by, frame in frames.items():
        rows = frame[frame["n"].notna()] if by != WHOLE else frame[:0]
        for unit, name, n in rows[["unit", "indicator", "n"]].itertuples(index=False, name=None):
            found[ref(name, str(day), **{by: unit})] = int(n)
            whole = frames[WHOLE]
            above = whole.loc[(whole["indicator"] == name) & whole["n"].notna(), "n"]
            if len(above):
                found[ref(name, str(day))] = int(above.iloc[0])
    return {name: n for name, n in found.items() if name.partition("|")[0] not in _unpeopled()}


def _unpeopled() -> set[str]:
    return {name for name, one in indicators().items() if one.people == "none"}


def _of_indicator(
    asked: Asked, item: Item, frames: Mapping[str, pd.DataFrame], day: datetime.date, files: Files
) -> Value:
    one = indicators()[item.what]
    bare = Value(
        item.id, one.id, one.unit, place=((item.by, item.member),) if item.by else (),
        months=12 if any(name.endswith("_12m") for name in one.parts) else 0,
        settings={name: asked.settings[name] for name in one.settings},
    )  # fmt: skip
    frame = frames.get(item.by or WHOLE)
    if frame is None:
        return replace(bare, status=EMPTY)
    rows = frame[frame["indicator"] == one.id]
    rows = rows[rows["unit"] == item.member] if item.by else rows
    if not len(rows):
        return replace(bare, status=NO_MEMBER if item.by else EMPTY)
    found = rows.iloc[0]
    status = str(found["status"])
    if status not in (OK, REPORTED):
        return _gap(bare, one, status)
    tables = ("reported_values",) if status == REPORTED else _tables(one)
    return replace(
        bare, value=float(found["value"]), n=_whole_number(found["n"]), coverage=_fraction(found["coverage"]),
        status=status, sources=files.places(tables, day),
    )  # fmt: skip


def _gap(bare: Value, one: Indicator, status: str) -> Value:
    """Without a figure: the column that would enable it, few people, or nothing to count."""
    if status == "too_few":
        return replace(bare, status=HIDDEN)
    if not status.startswith(WAITS):
        return replace(bare, status=EMPTY)
    needs = status.removeprefix(WAITS)
    if needs == "None":  # rows that no measure names: those that are kept apart by a column
        needs = next((KEPT_IN[KEPT[name]] for name in one.parts if name in KEPT), "")
    return replace(bare, status=NEEDS if needs else EMPTY, needs=needs)


def _tables(one: Indicator) -> Sequence[str]:
    """The tables whose rows an indicator is made of."""
    named = {need.partition(".")[0] for need in one.needs() if need != "None"}
    known = measures.catalogue()
    named |= {known[name.removesuffix("_12m")].table for name in one.parts if name.removesuffix("_12m") in known}
    named |= {"loans"} if any(name in KEPT for name in one.parts) else set()
    return sorted(named | {"reported_measures"})


def _of_count(asked: Asked, item: Item, day: datetime.date, files: Files) -> Value:
    count = COUNTS[item.what]
    bare = Value(item.id, item.what, count.unit, months=count.months)
    found = counted(asked.cursor, count, day)
    if found is None:
        return replace(bare, status=NEEDS, needs=", ".join(count.needs()))
    tables = {need.partition(".")[0] for need in count.needs()} | {"reported_measures"}
    n = int(found) if count.people else None
    return replace(bare, value=found, n=n, sources=files.places(sorted(tables), day))


def _of_loop(asked: Asked, item: Item, day: datetime.date, files: Files) -> Value:
    one = voices.loop(asked.cursor, day).figure(item.what)
    unit = "days" if item.what == "days_to_close" else "count" if item.what == "per_1000" else "%"
    bare = Value(item.id, item.what, unit, months=12)
    if one.value is None:
        return replace(bare, status=EMPTY)
    return replace(bare, value=float(one.value), n=one.n, sources=files.places(HEARD_IN, day))


def _whole_number(found: float) -> int | None:
    return None if math.isnan(found) else int(found)


def _fraction(found: float) -> float | None:
    return None if math.isnan(found) else float(found)
