"""Columns that become indicators of the institution's own: named by a mapping, landed with their first values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from metrics import activity, catalogue, own, weighing
from metrics.activity import Event
from metrics.errors import EvenkeelError, InputError, OpenQuestion, nearest
from metrics.indicator import Indicator, of_own
from metrics.ingest import contents, headings, offers, recognise
from metrics.ingest.model import Note, Options, Plan, Reading, Sheet, TopRow
from metrics.own import Own
from metrics.store import Cursor
from metrics.words import LANGUAGES

SECTION = "indicators"
KEYS = ("heading", "title", "pillar", "unit", "better", "worst", "best", "scored", "policy")
ANSWERS = ("date_order", "decimal", "percent")
TABLE = "reported_values"
MOST = 40


@dataclass(frozen=True)
class Wanted:
    """A column that is to become an indicator: `scored` into a policy (None: the one in use), or watched only."""

    own: Own
    heading: str
    scored: bool = False
    policy: str | None = None


def read(section: object, place: str) -> dict[str, Wanted]:
    """The section of a mapping, checked: id -> what is wanted.

    Raises:
        InputError: names the place, the key and what it may be.
    """
    if not isinstance(section, Mapping) or not section:
        raise InputError("errors.definition_missing_key", file=place, key=f"{SECTION}.own_...")
    try:
        return {str(name): _wanted(place, str(name), given) for name, given in section.items()}
    except InputError:
        raise
    except EvenkeelError as error:
        raise InputError(error.key, **error.params) from error


def _wanted(place: str, name: str, given: object) -> Wanted:
    if not isinstance(given, Mapping):
        raise InputError("errors.definition_missing_key", file=place, key=f"{name}.heading")
    for key in given:
        if key not in KEYS:
            near = nearest(str(key), KEYS)
            raise InputError("errors.definition_unknown_key", file=place, key=f"{name}.{key}", nearest=near)
    heading, scored, policy = str(given.get("heading", "")).strip(), given.get("scored", False), given.get("policy")
    if not heading:
        raise InputError("errors.definition_missing_key", file=place, key=f"{name}.heading")
    if not isinstance(scored, bool):
        raise InputError("errors.definition_bad_value", file=place, key=f"{name}.scored", value=str(scored),
                         expected="true, false")  # fmt: skip
    one = own.of(place, name, given)
    _free(place, one)
    return Wanted(one, heading, scored, None if policy is None else str(policy))


def _free(place: str, one: Own) -> None:
    """Hold a definition against the catalogue: what stands there is never changed by an import."""
    known = catalogue.indicators()
    before = known[one.id].own if one.id in known else next((w for w in own.withdrawn() if w.id == one.id), None)
    if before and not before.same(one):
        raise InputError("own.other_definition", file=place, id=one.id, title=before.title)
    for other in known.values():
        names = {headings.normal(other.text(language, name)) for language in LANGUAGES for name in headings.TITLES}
        if other.id != one.id and headings.normal(one.title) in names:
            raise InputError("own.title_taken", file=place, title=one.title, id=other.id)


def plan(sheet: Sheet, rows: list[TopRow], mapping: Mapping[str, Any]) -> Plan:
    """The plan of a sheet some of whose columns become indicators.

    Raises:
        InputError: a definition is wrong, a heading is not there, a column holds no figures, or the sheet has not
            one row for each unit.
    """
    wanted = read(mapping[SECTION], sheet.place)
    row = _header(sheet, rows, wanted.values())
    places = {_place(sheet, row, one.heading): one.own.id for one in wanted.values()}
    known = {at: name for at, text in enumerate(row.texts) if text and (name := headings.indicator(text))}
    for at, name in places.items():
        if known.get(at, name) != name:
            raise InputError("own.column_known", file=sheet.place, heading=row.texts[at], id=known[at])
    new = {name: of_own(one.own) for name, one in wanted.items()}
    candidate = recognise.ready(sheet, row, {**known, **places}, new)
    _check(sheet, row, candidate, places)
    answers = {key: str(mapping[key]) for key in ANSWERS if key in mapping}
    told = {**candidate.plan.mapping, "own": wanted}
    uses = tuple(replace(use, reason="mapping") if use.column in wanted else use for use in candidate.plan.uses)
    return replace(candidate.plan, uses=uses, mapping=told, answers={**candidate.plan.answers, **answers})


def _header(sheet: Sheet, rows: list[TopRow], wanted: Iterable[Wanted]) -> TopRow:
    """The row that has most of the headings, a unit among the others."""
    names = {headings.normal(one.heading) for one in wanted}

    def rank(row: TopRow) -> tuple[int, bool]:
        units = any((headings.indicator(text) or "").startswith("unit:") for text in row.texts if text)
        return len(names & {headings.normal(text) for text in row.texts}), units

    if not rows:
        raise InputError("import.file_blank", file=sheet.place)
    return max(rows, key=rank)


def _place(sheet: Sheet, row: TopRow, heading: str) -> int:
    found = [at for at, text in enumerate(row.texts) if headings.normal(text) == headings.normal(heading)]
    if not found:
        near = nearest(heading, [text for text in row.texts if text])
        raise InputError("import.heading_missing", file=sheet.place, heading=heading, row=str(row.no), nearest=near)
    if len(found) > 1:
        columns = ", ".join(sheet.columns[at] for at in found)
        raise InputError("import.heading_doubled", file=sheet.place, heading=heading, columns=columns)
    return found[0]


def _check(sheet: Sheet, row: TopRow, candidate: recognise.Candidate, places: Mapping[int, str]) -> None:
    facts = contents.sample(sheet, row.no)
    for at in places:
        if not offers.is_numeric(facts[at]):
            example = next((value[:MOST] for value in facts[at].values), "")
            raise InputError("own.not_numeric", file=sheet.place, heading=row.texts[at], example=example)
    if candidate.missing:
        raise InputError("own.no_unit", file=sheet.place)
    if not offers.one_row_each(sheet, row, candidate.plan.uses):
        raise InputError("own.several_rows", file=sheet.place)
    recognise.ask_about_doubles(candidate)


def offered(sheet: Sheet, rows: list[TopRow], options: Options, refusal: InputError) -> Plan | None:
    """A plan that reads nothing yet, for a sheet with one row a unit whose figures no indicator knows; else None."""
    ready = refusal.key == "import.columns_missing" and refusal.params.get("table") == TABLE
    if options.table not in (None, TABLE) or not (ready or refusal.key == "import.nothing_recognised"):
        return None
    for row in rows:
        known = {at: name for at, text in enumerate(row.texts) if text and (name := headings.indicator(text))}
        if any(name.startswith("unit:") for name in known.values()):
            found = offers.marked(recognise.ready(sheet, row, known, {}).plan, row)
            if offers.offers(found):
                return found
    return None


def is_idle(plan: Plan) -> bool:
    """Whether a plan reads no indicator: its columns only might become some."""
    return plan.shape == "ready" and not plan.mapping["indicators"]


def busy(plans: list[Plan]) -> tuple[list[Plan], list[Note]]:
    """The plans of a file, less those that only offer where others read something; and what is said of these."""
    kept = [plan for plan in plans if not is_idle(plan)]
    if not kept:
        return plans, []
    return kept, [Note("own.note_offers", {"file": plan.sheet.place}) for plan in plans if is_idle(plan)]


def questions(plan: Plan) -> list[OpenQuestion]:
    """Ask which columns become indicators, where nothing else would land."""
    if not is_idle(plan):
        return []
    offered = offers.offers(plan)
    columns = ", ".join(f'"{offer.heading[:MOST]}"' for offer in offered)
    place = plan.sheet.place
    return [OpenQuestion("own.question_offers", option="--mapping", file=place, n=len(offered), columns=columns)]


def known(plan: Plan, name: str) -> Indicator:
    """An indicator that a plan reads: of the catalogue, or one that lands with it."""
    wanted: Mapping[str, Wanted] = plan.mapping.get("own", {})
    return of_own(wanted[name].own) if name in wanted else catalogue.indicators()[name]


class Defined:
    """Around the landing of a batch: writes the files of definitions before, takes them back where it fails.

    `count`, called within the batch's transaction, keeps the policies with what is scored; `notes` say what was done.
    """

    def __init__(self, data: Path, readings: Iterable[Reading], who: str) -> None:
        self.data, self.who = data, who
        self.plans = [reading.plan for reading in readings]
        self.notes: tuple[Note, ...] = ()
        self._before: dict[Path, Own | None] = {}
        self._told: list[Event] = []

    def __enter__(self) -> "Defined":
        if not any(own.START in str(name) for plan in self.plans for name in _read_by(plan)):
            return self
        own.use(self.data)
        try:
            for plan in self.plans:
                self._write(plan)
        except BaseException:
            self._take_back()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._take_back()

    def _write(self, plan: Plan) -> None:
        wanted: Mapping[str, Wanted] = plan.mapping.get("own", {})
        for name, (unit, heading) in _read_by(plan).items():
            listed = catalogue.indicators().get(name)
            before = listed.own if listed else None
            if name in wanted:
                _free(plan.sheet.place, wanted[name].own)
            elif before is None:
                continue
            source = Own(name, "", "", "", "", (0.0, 0.0), (unit,), (heading,) if heading else ())
            after = (before or replace(wanted[name].own, file=plan.sheet.place)).with_sources(source)
            if after != before:
                self._before.setdefault(own.write(self.data, after), before)
                self._told.append(Event("indicator", name, own.told(before) if before else None, own.told(after)))
            if name in wanted and before is None:
                self.notes += (Note("own.note_defined", {"title": after.title, "id": name}),)

    def _take_back(self) -> None:
        for file, before in self._before.items():
            own.take_back(file, self.data, before)

    def count(self, cursor: Cursor) -> None:
        """Enter what was defined into the account, and keep each policy with what is scored in it as a new version."""
        for event in self._told:
            activity.add(cursor, event, self.who)
        for plan in self.plans:
            for wanted in plan.mapping.get("own", {}).values():
                if wanted.scored:
                    one = catalogue.indicators()[wanted.own.id].own or wanted.own
                    # What counts in one act builds on what was kept a moment before.
                    name = weighing.keep(cursor, one, self.who, _newest(self.notes, wanted.policy))
                    self.notes += (Note("own.note_scored", {"title": one.title, "policy": name}),)


def _newest(notes: tuple[Note, ...], name: str | None) -> str | None:
    made = [str(note.params["policy"]) for note in notes if note.key == "own.note_scored"]
    same = [one for one in made if name is None or one.partition("@")[0] == name.partition("@")[0]]
    return same[-1] if same else name


def _read_by(plan: Plan) -> dict[str, tuple[str, str]]:
    """The indicators of one's own that a plan reads: id -> kind of unit, heading (empty where they stand in rows)."""
    if plan.shape == "ready":
        found = {use.column: (plan.mapping["unit_type"], use.heading) for use in plan.uses}
    elif plan.shape == "cross":
        unit = "branch" if plan.mapping.get("across") == "unit" else "institution"
        found = {name: (unit, word) for word, name in plan.mapping.get("known", {}).items()}
    else:
        found = {}
    return {name: told for name, told in found.items() if name.startswith(own.START)}
