"""Columns of a sheet of ready values that no indicator knows and that hold figures: each may become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics import catalogue, own
from metrics.ingest import contents, headings
from metrics.ingest.contents import Facts
from metrics.ingest.model import Plan, Reading, Sheet, TopRow, Use

ENOUGH, EXAMPLES, LONGEST = 0.8, 3, 40
ANSWERS = frozenset({"0", "1"})
MONEY = frozenset("$€£₦₵")


@dataclass(frozen=True)
class Offer:
    """A column that may become an indicator: where it stands and what its figures are like.

    `low` and `high` are the least and the greatest figure as the sheet has them, `examples` some cells. `shares` says
    that the figures look like shares; `percent` that they are written as percents (48, not 0.48). `id` and `unit` are
    suggestions.
    """

    heading: str
    place: int
    low: float
    high: float
    examples: tuple[str, ...]
    id: str
    unit: str
    shares: bool
    percent: bool


def offers(of: Plan | Reading) -> tuple[Offer, ...]:
    """What a sheet offers; nothing where it has no row for each unit, as a list of loans or clients has not."""
    plan = of.plan if isinstance(of, Reading) else of
    return tuple(plan.mapping.get("offers", ()))


def marked(plan: Plan, row: TopRow | None) -> Plan:
    """The plan with what its sheet offers."""
    if plan.shape != "ready" or row is None:
        return plan
    found = _offers(plan.sheet, row, plan.uses)
    return replace(plan, mapping={**plan.mapping, "offers": found}) if found else plan


def one_row_each(sheet: Sheet, row: TopRow, uses: Sequence[Use]) -> bool:
    """Whether a unit has one row, or one a period: figures of the unit, not of its loans or clients."""
    facts = contents.sample(sheet, row.no)
    places = {use.column: use.place for use in uses}
    if "unit" not in places:
        return False
    units = facts[places["unit"]].values
    periods = len(facts[places["period"]].values) if "period" in places else 1
    return bool(units) and max(units.values()) <= periods


def is_numeric(facts: Facts) -> bool:
    """Whether a column holds figures, and not only the answers 1 and 0."""
    enough = facts.filled > 0 and facts.share("whole", "figure") >= ENOUGH and facts.low is not None
    return enough and (not set(facts.values) <= ANSWERS or set(facts.values) == {"0"})


def _offers(sheet: Sheet, row: TopRow, uses: Sequence[Use]) -> tuple[Offer, ...]:
    if not one_row_each(sheet, row, uses):
        return ()
    facts = contents.sample(sheet, row.no)
    taken = {use.place for use in uses}
    found: list[Offer] = []
    for place, heading in enumerate(row.texts):
        if heading and place not in taken and is_numeric(facts[place]):
            names = [*catalogue.indicators(), *(offer.id for offer in found)]
            found.append(_offer(heading, place, facts[place], own.suggested(heading, names)))
    return tuple(found)


def _offer(heading: str, place: int, facts: Facts, name: str) -> Offer:
    low, high = float(facts.low or 0.0), float(facts.high or 0.0)
    signed = any(value.endswith("%") for value in facts.values) or headings.says_percent(heading)
    broken = any(set(value) & set(",.") for value in facts.values)
    shares = signed or (low >= 0 and high <= 1 and broken)
    money = any(set(value) & MONEY for value in facts.values)
    unit = "%" if shares else "money" if money else "count"
    examples = tuple(value[:LONGEST] for value in list(facts.values)[:EXAMPLES])
    return Offer(heading, place, low, high, examples, name, unit, shares, shares and (signed or high > 1) and high > 1)
