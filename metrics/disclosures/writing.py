"""A disclosure as a document: the pack that the four forms print, in any language, from the values as they are kept."""

from collections.abc import Iterable, Sequence

from metrics import accounts, definitions
from metrics.catalogue import indicators
from metrics.disclosures import plain
from metrics.disclosures.model import HIDDEN as KEPT_BACK
from metrics.disclosures.model import Disclosure, Restated, Step, Value
from metrics.disclosures.said import because, changed, number, of_whom, percentage, plainly, when, why_not
from metrics.disclosures.template import Item, Template, parsed
from metrics.packs.model import (
    Block,
    Cell,
    Column,
    Definition,
    Number,
    Pack,
    Section,
    Signature,
    Table,
    Text,
)  # fmt: skip
from metrics.policy import SETTINGS
from metrics.words import area, catalogue, say
from metrics.words import date as written
from metrics.words import number as figure

MISSING = "–"
SHORT = 16  # letters of the fingerprint of a figure's files; in full in the JSON
Rows = Iterable[Sequence[Cell]]


def as_pack(found: Disclosure, language: str, steps: Sequence[Step] = (), alone: bool = False) -> Pack:
    """The document of a disclosure.

    Args:
        steps: who prepared, approved and published it.
        alone: whether one person did both, because there is nobody else.
    """
    asked = parsed(found.template, found.name)
    day = plainly(found.period)
    title = say(
        language, "disclosures.title", title=asked.title[language], institution=found.institution,
        date=written(language, day),
    )  # fmt: skip
    if asked.form == "plain":
        sections = [plain.page(found, asked, language)]
    else:
        sections = [_lines(found, asked, language), *_restated(found, asked, language), *_gaps(found, asked, language)]
    defined = _definitions(found, language, "plain" if asked.form == "plain" else "title")
    sections += [_trace(found, asked, language)]
    sections += [_methods(defined, language)] if defined else []
    return Pack(
        title=title, institution=found.institution, language=language, as_of=found.period,
        kind=asked.title[language], sample=say(language, "documents.sample") if found.sample else "",
        sections=(*sections, _signed(found, steps, alone, language)), definitions=defined,
        basis=_basis(found, asked, steps, language),
        words={name: text for name, text in area(language, "packs").items() if isinstance(text, str)},
    )  # fmt: skip


def _basis(found: Disclosure, asked: Template, steps: Sequence[Step], language: str) -> tuple[tuple[str, str], ...]:
    state = steps[-1].name if steps else ""
    said = [
        ("date", written(language, plainly(found.period))),
        ("template", asked.title[language]),
        ("policy", str(catalogue(language).get(f"policy.title_{found.policy.partition('@')[0]}", found.policy))),
        ("last", f"{found.last} ({written(language, plainly(found.last_period))})" if found.last else ""),
        ("threshold", say(language, "packs.threshold", n=found.threshold)),
        ("account", accounts.line(found.account, language)),
        ("state", say(language, f"disclosures.step_{state}") if state else say(language, "disclosures.draft")),
    ]
    return tuple((say(language, f"disclosures.basis_{name}"), text) for name, text in said if text)


def _lines(found: Disclosure, asked: Template, language: str) -> Section:
    """How much is answered and what it is compared with, then a table for each section of the template."""
    known, n = sum(one.known for one in found.values), len(found.values)
    day = written(language, plainly(found.period))
    message = say(language, "disclosures.summary_message", known=known, n=n, gaps=n - known, date=day)
    if known == n:
        message = say(language, "disclosures.summary_all", n=n, date=day)
    blocks: list[Block] = [Text(asked.about[language], "lead")] if asked.about else []
    if found.last:
        then = written(language, plainly(found.last_period))
        blocks.append(Text(say(language, "disclosures.compared", last=found.last, date=then)))
    else:
        blocks.append(Text(say(language, "disclosures.first")))
    for place, (name, texts) in enumerate(asked.sections):
        note = _note(found, language) if place == 0 else ""
        blocks.append(_of_section(found, asked, name, texts[language], language, note))
    for item in asked.items:
        if item.note:
            said = say(language, "disclosures.pair", name=item.texts[language], said=item.note[language])
            blocks.append(Text(said, "note"))
    blocks.append(Text(_standards(asked, language), "note"))
    return Section("lines", "lines", say(language, "disclosures.summary"), message, tuple(blocks))


def _standards(asked: Template, language: str) -> str:
    """What the numbers of standards mean, and what the standards are that the lines cite."""
    cited = {item.standard.rstrip("+").lower() for item in asked.items if item.cited}
    known = [name for name in ("ussepm", "iris", "sfdr") if name in cited]
    told = [say(language, f"disclosures.standard_{name}") for name in known]
    return " ".join([say(language, "disclosures.standards_note"), *told])


def _note(found: Disclosure, language: str) -> str:
    """How to read the tables; said under the first."""
    since = f" {say(language, 'disclosures.table_since')}" if found.last else ""
    return say(language, "disclosures.table_note") + since


def _of_section(found: Disclosure, asked: Template, name: str, title: str, language: str, note: str) -> Table:
    """One table: line, value, n, period, of whom, standard; and how far it moved where there is an earlier one."""
    rows: list[Sequence[Cell]] = []
    for one in found.values:
        item = asked.item(one.item)
        if item.section == name:
            standard = item.cited or say(language, "disclosures.own_wording")
            row: list[Cell] = [
                _called(item, one, language), number(found, one, language), _people(one, language),
                when(one, found.period, language), of_whom(one, language), standard,
            ]  # fmt: skip
            rows.append([*row, changed(found, one, language)] if found.last else row)
    heads = {"item": 3.3, "value": 1.4, "n": 0.8, "period": 1.7, "scope": 1.1, "standard": 2.0}
    return _table(f"lines_{name}", heads | ({"change": 1.1} if found.last else {}), rows, title, language, note)


def _called(item: Item, one: Value, language: str) -> str:
    """The line's own words; an indicator of which the definition changes the meaning says it."""
    said = item.texts[language]
    known = indicators().get(item.what) if item.kind == "indicator" else None
    if known is not None and said == known.text(language, "title"):
        return definitions.named(known, {**SETTINGS, **one.settings}, language, "title")
    return said


def _people(one: Value, language: str) -> Cell:
    if one.status == KEPT_BACK:
        return say(language, "packs.kept_back")
    return MISSING if one.n is None or not one.known else Number(float(one.n), figure(language, one.n), "count")


def _restated(found: Disclosure, asked: Template, language: str) -> list[Section]:
    if not found.restated:
        return []
    rows = [
        (
            asked.item(one.item).texts[language] if _stands(asked, one) else one.item,
            written(language, plainly(one.period)), number(found, as_value(one, one.before), language, one.period),
            number(found, as_value(one, one.after), language, one.period),
            one.reason or f"{say(language, 'disclosures.no_reason')} ({because(one, language)})",
        )
        for one in found.restated
    ]  # fmt: skip
    message = say(language, "disclosures.restated_message", n=len(rows))
    heads = {"item": 3.0, "period": 1.1, "before": 1.1, "after": 1.1, "reason": 3.4}
    table = _table("restated", heads, rows, say(language, "disclosures.restated"), language)
    return [Section("restated", "restated", say(language, "disclosures.restated"), message, (table,))]


def _stands(asked: Template, one: Restated) -> bool:
    return any(item.id == one.item for item in asked.items)


def as_value(one: Restated, value: float | None) -> Value:
    """One side of a restatement, to be written as values are."""
    return Value(one.item, one.what, one.unit, value)


def _gaps(found: Disclosure, asked: Template, language: str) -> list[Section]:
    title = say(language, "disclosures.gaps")
    rows = [
        (asked.item(one.item).texts[language], of_whom(one, language), why_not(one, language))
        for one in found.values
        if not one.known
    ]
    if not rows:
        return []
    message = say(language, "disclosures.gaps_message", n=len(rows))
    table = _table("gaps", {"item": 2.6, "scope": 1.0, "why": 3.4}, rows, title, language)
    return [Section("gaps", "gaps", title, message, (table,))]


def _trace(found: Disclosure, asked: Template, language: str) -> Section:
    """For each figure how many of all it counts, its tables and its fingerprint; then the files themselves."""
    rows: list[Sequence[Cell]] = []
    for one in found.values:
        if one.known:
            tables = ", ".join(dict.fromkeys(source.table for source in found.files(one)))
            rows.append(
                (
                    plain.line(found, asked, one, language), number(found, one, language), _people(one, language),
                    percentage(one.coverage, language), tables or MISSING, found.source_hash(one)[:SHORT],
                )
            )  # fmt: skip
    heads = {"item": 3.0, "value": 1.3, "n": 0.8, "coverage": 1.0, "tables": 2.0, "hash": 1.6}
    note = say(language, "disclosures.trace_note")
    title = say(language, "disclosures.trace")
    blocks: list[Block] = [_table("trace", heads, rows, title, language, note)] if rows else []
    files = [(str(one.batch), one.name, one.table, one.sha256) for one in found.sources]
    if files:
        columns = {"batch": 0.5, "file": 2.0, "table": 1.4, "sha": 3.4}
        blocks.append(_table("files", columns, files, say(language, "disclosures.files"), language))
    n = len({(one.name, one.sha256) for one in found.sources})
    return Section("trace", "trace", title, say(language, "disclosures.trace_message", n=n), tuple(blocks))


def _definitions(found: Disclosure, language: str, form: str) -> tuple[Definition, ...]:
    """How each indicator is counted under the definitions that were in force, by the name that its line has."""
    known, made = indicators(), {}
    for one in found.values:
        if one.what not in known or (one.what in made and one.place):
            continue
        indicator, settings = known[one.what], {**SETTINGS, **one.settings}
        made[one.what] = Definition(
            id=indicator.id, title=definitions.named(indicator, settings, language, form),
            short=indicator.text(language, "short"), unit=indicator.unit, better=indicator.better,
            summary=indicator.text(language, "summary"), source=indicator.text(language, "source"), standard="",
            limits="", settings=definitions.phrase(indicator, settings, language) or "", n=one.n,
            coverage=one.coverage,
        )  # fmt: skip
    return tuple(sorted(made.values(), key=lambda one: (one.title.casefold(), one.id)))


def _methods(defined: Sequence[Definition], language: str) -> Section:
    message = say(language, "disclosures.methods_message", n=len(defined))
    return Section("definitions", "definitions", say(language, "disclosures.methods"), message, ())


def _signed(found: Disclosure, steps: Sequence[Step], alone: bool, language: str) -> Section:
    """Who did what on which day, and the fingerprint of the values."""
    done = {one.name: one for one in steps}
    lines = []
    for name in ("prepared", "approved", "published"):
        one = done.get(name)
        text = say(language, "disclosures.step_open")
        if one is not None:
            text = say(language, "disclosures.step_done", who=one.who, date=written(language, plainly(one.on)))
        lines.append((say(language, f"disclosures.step_{name}"), text))
    lines.append((say(language, "disclosures.values_hash"), found.hash))
    roles = tuple(say(language, f"disclosures.step_{name}") for name in ("prepared", "approved"))
    blocks: list[Block] = [Text(say(language, "disclosures.alone"), "note")] if alone else []
    title, message = say(language, "disclosures.sign"), say(language, "disclosures.sign_draft")
    if steps:
        on = written(language, plainly(steps[-1].on))
        message = say(language, f"disclosures.sign_{steps[-1].name}", who=steps[-1].who, date=on)
    return Section("signature", "signature", title, message, (*blocks, Signature(roles, tuple(lines))))


def _table(name: str, heads: dict[str, float], rows: Rows, title: str, language: str, note: str = "") -> Table:
    made = tuple(tuple(row) for row in rows)
    numeric = ("value", "n", "change", "before", "after", "coverage")
    columns = tuple(
        Column(say(language, f"disclosures.col_{head}"), "number" if head in numeric else "text", wide)
        for head, wide in heads.items()
    )
    return Table(name, title, columns, made, note)
