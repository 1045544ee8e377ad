"""Which table a sheet holds, and which of its columns is which: by its headings, or by a mapping."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from metrics import catalogue, schema
from metrics.errors import OpenQuestion
from metrics.indicator import Indicator
from metrics.ingest import columns, concepts, contents, fineract, headings, specs
from metrics.ingest.model import Note, Options, Plan, Sheet, Spec, TopRow, Use
from metrics.store import Cursor

FEW_COLUMNS = 5
FEW_NAMES = 2
UNBOUNDED = 10.0
READ_AS = {"%": "share", "points": "points"}


@dataclass(frozen=True)
class Candidate:
    """A way to read a sheet: its plan, how many columns it understands, what needed columns it lacks."""

    plan: Plan
    understood: int
    missing: tuple[str, ...]
    doubled: Mapping[str, str]
    headed: int

    @property
    def fits(self) -> bool:
        """Whether the needed columns are there and the sheet is about them, not about two hundred others."""
        enough = self.understood >= FEW_COLUMNS or self.understood * 4 >= self.headed
        return not self.missing and self.understood >= 2 and enough

    def rank(self) -> tuple[bool, int, int, int]:
        """What makes one candidate better than another."""
        certain = sum(use.certain for use in self.plan.uses)
        return self.fits, self.understood, certain, -len(self.missing)


def best(sheet: Sheet, top: list[TopRow], options: Options, cursor: Cursor | None = None) -> Candidate | None:
    """The best way to read a sheet, fitting or not; None where no heading is known.

    With a cursor, numbers that are landed already tell whose column they stand in.

    Raises:
        OpenQuestion: two tables fit equally well, or two columns fit the same canonical column.
    """
    # Headings that come again, as at the top of each page, belong to the first row of them: its rows are data.
    first_of = {row.texts: row for row in reversed(top) if any(row.texts)}
    found = [
        candidate
        for row in top
        if first_of.get(row.texts) is row
        for candidate in _candidates(sheet, row, options.table, cursor)
        if candidate.understood
    ]
    if not found:
        return None
    first = max(found, key=Candidate.rank)
    if not first.fits:
        return first
    rival = next((candidate for candidate in found if _claims(candidate, first)), None)
    if rival:
        return rival
    ask_about_doubles(first)
    _ask_between(first, found)
    return first


def _claims(rival: Candidate, first: Candidate) -> bool:
    """Whether a table that lacks a needed column is the likelier one: the rows bear its own number.

    Loan numbers without balances are a loan book with a column missing, not a list of clients.
    """
    if rival.plan.shape != "table" or first.plan.shape != "table" or not rival.missing:
        return False
    own = next((c for c in rival.plan.spec.key if c.endswith("_id") and c != "institution_id"), "")
    return rival.plan.has(own) and not first.plan.has(own) and rival.understood >= first.understood


def _candidates(sheet: Sheet, row: TopRow, table: str | None, cursor: Cursor | None) -> list[Candidate]:
    """Every way to read a sheet whose headings stand in this row."""
    own = fineract.recognise(row.texts)
    if own and table is None:
        return [_candidate(sheet, row, "fineract", own.table, own.spec, _same(row, own.spec))]
    found = []
    if table in (None, "reported_values"):
        places = {index: name for index, text in enumerate(row.texts) if text and (name := headings.indicator(text))}
        found.append(ready(sheet, row, places))
    names = [table] if table else [name for name in schema.tables() if _names(row, name)]
    facts = contents.sample(sheet, row.no) if names else ()
    return found + [_table(sheet, row, name, columns.find(row.texts, facts, name, cursor)) for name in names]


def _names(row: TopRow, table: str) -> bool:
    """Whether a row may hold headings of a table: rows of records hold a word that could be one, hardly two."""
    known = headings.of_table(table)
    meant = (
        text
        for text in row.texts
        if text and (any(form in known for form in headings.forms(text)) or concepts.best(text, table))
    )
    few = min(FEW_NAMES, sum(bool(text) for text in row.texts))
    return len(list(islice(meant, few))) == few > 0


def _same(row: TopRow, spec: Spec) -> tuple[Use, ...]:
    return tuple(
        Use(text.lower(), index, text, "same") for index, text in enumerate(row.texts) if text.lower() in spec.kinds
    )


def _table(sheet: Sheet, row: TopRow, name: str, claims: columns.Claims) -> Candidate:
    """A canonical table, as its columns were found."""
    candidate = _candidate(sheet, row, "table", name, specs.of_table(name), claims.uses)
    doubled = {
        column: ", ".join(f'{sheet.columns[use.place]} "{use.heading}"' for use in claimed)
        for column, claimed in claims.doubled.items()
    }
    lacking = tuple(specs.missing(name, {use.column for use in claims.uses}))
    return replace(candidate, missing=lacking, doubled=doubled)


def ready(sheet: Sheet, row: TopRow, places: dict[int, str], new: Mapping[str, Indicator] | None = None) -> Candidate:
    """A sheet of ready values: one row a unit, one column an indicator; `new` ones are not in the catalogue yet."""
    indicators = {**catalogue.indicators(), **(new or {})}
    units = [name for name in places.values() if name.startswith("unit:")]
    unit = next((name for name in ("unit:branch", "unit:product", "unit:institution") if name in units), "")
    places = {
        index: "unit" if name == unit else "institution_id" if name == "unit:institution" else name
        for index, name in places.items()
        if name in (unit, "unit:institution") or not name.startswith("unit:")
    }
    found = [name for name in places.values() if name in indicators]
    kinds = {"unit": "text", "institution_id": "text", "period": "period", "n": "whole",
             "portfolio": "amount", "clients": "whole"}  # fmt: skip
    kinds |= {name: READ_AS.get(indicators[name].unit, "number") for name in found}
    limits = {name: UNBOUNDED for name in found if max(indicators[name].goalposts, default=0) >= 1}
    spec = Spec(kinds, ("unit",), ("institution_id", "unit", "period"), limits=limits)
    uses, doubled = _placed(sheet, row, places)
    candidate = replace(_candidate(sheet, row, "ready", "reported_values", spec, uses), doubled=doubled)
    missing = () if unit and found else ("unit",) if not unit else ("indicator_id",)
    plan = replace(candidate.plan, mapping={"unit_type": unit.removeprefix("unit:"), "indicators": sorted(found)})
    return replace(candidate, plan=plan, missing=missing)


def _placed(sheet: Sheet, row: TopRow, places: dict[int, str]) -> tuple[tuple[Use, ...], dict[str, str]]:
    """The first place of each column, and the columns that stand in several places."""
    by_column: dict[str, list[int]] = {}
    for index, column in places.items():
        by_column.setdefault(column, []).append(index)
    uses = tuple(
        Use(column, at[0], row.texts[at[0]], _why(row.texts[at[0]], column)) for column, at in by_column.items()
    )
    doubled = {
        column: ", ".join(f'{sheet.columns[index]} "{row.texts[index]}"' for index in at)
        for column, at in by_column.items()
        if len(at) > 1
    }
    return uses, doubled


def _candidate(sheet: Sheet, row: TopRow, shape: str, table: str, spec: Spec, uses: tuple[Use, ...]) -> Candidate:
    headed = [index for index, text in enumerate(row.texts) if text]
    taken = {use.place for use in uses}
    unused = tuple(row.texts[index] for index in headed if index not in taken)
    plan = Plan(sheet, shape, table, row.no, spec, uses, unused=unused, head_cells=row.cells, notes=_where(row))
    held = {use.column for use in uses}
    missing = tuple(column for column in spec.needed if column not in held)
    return Candidate(plan, len(uses), missing, {}, len(headed))


def _why(heading: str, column: str) -> str:
    return "same" if headings.normal(heading) == headings.normal(column.replace("_", " ")) else "synonym"


def _where(row: TopRow) -> tuple[Note, ...]:
    return (Note("import.note_header_row", {"row": str(row.no)}),) if row.no > 1 else ()


def ask_about_doubles(candidate: Candidate) -> None:
    """Ask which of two columns is meant where both mean the same."""
    for column, names in candidate.doubled.items():
        raise OpenQuestion(
            "import.question_doubled",
            option="--mapping",
            file=candidate.plan.sheet.place,
            column=column,
            columns=names,
        )


def _ask_between(first: Candidate, found: list[Candidate]) -> None:
    """Two tables that understand the same columns equally well: the user says which."""
    if first.plan.shape != "table":
        return
    rivals = {c.plan.table for c in found if c.plan.shape == "table" and c.rank() == first.rank()}
    if len(rivals) > 1:
        raise OpenQuestion(
            "import.question_table", option="--table", file=first.plan.sheet.place, tables=", ".join(sorted(rivals))
        )
