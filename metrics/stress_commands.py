"""The command `stress`: what scenarios do to both healths, limits, capital and cash, and what breaks first."""

import argparse
import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from metrics import commands, definitions, speaking
from metrics.catalogue import indicators
from metrics.errors import UsageError, nearest
from metrics.opening import reading
from metrics.policy import Policy
from metrics.speaking import LANGUAGE
from metrics.stress import library, run, telling
from metrics.stress.falls import Fall, falls
from metrics.stress.library import Scenario
from metrics.stress.reverse import GOALS, Break, reverse
from metrics.stress.run import KINDS, Outcome, Side
from metrics.units import Unit
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
COLUMNS = ("scenario", "what", "by", "unit", "name", "before", "after", "line", "level", "new", "sentence")
REVERSE = (
    "kind", "name", "size", "safe", "breaks", "unit", "before", "after", "line", "usual", "moves", "cap", "needs",
    "sentence",
)  # fmt: skip


def add(command: Command) -> None:
    """Put the command on the command line."""
    made = command("stress", stress)
    made.add_argument("--scenario", action="append", default=[], metavar="NAME", help=_word("scenario"))
    made.add_argument("--all", action="store_true", help=_word("all"))
    made.add_argument("--set", action="append", default=[], metavar="SHOCK=SIZE", help=_word("set"))
    made.add_argument("--district", metavar="NAME", help=_word("district"))
    made.add_argument("--reverse", action="store_true", help=_word("reverse"))
    made.add_argument("--goal", default="any", help=_word("goal"))
    made.add_argument("--by", default="institution", help=_word("by"))
    made.add_argument("--as-of", help=say(LANGUAGE, "cli.as_of"))
    made.add_argument("--policy", default="equal", help=say(LANGUAGE, "cli.policy"))
    made.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))


def _word(name: str) -> str:
    return say(LANGUAGE, "stress.cli_" + name)


def stress(chosen: argparse.Namespace) -> int:
    """A row for each health, limit, consequence and gap of a scenario; with --reverse for each shock and indicator.

    Raises:
        UsageError: an unknown scenario, shock, goal or kind of unit.
    """
    if chosen.by not in KINDS:
        raise UsageError("stress.bad_by", name=chosen.by, nearest=nearest(chosen.by, KINDS))
    if chosen.goal not in GOALS:
        known = ", ".join(GOALS)
        raise UsageError("stress.bad_goal", name=chosen.goal, known=known, nearest=nearest(chosen.goal, GOALS))
    wanted = [one.sized(_sizes(chosen.set)) for one in _scenarios(chosen)]
    with reading(chosen) as store:
        cursor, policy = commands._scope(store, chosen), commands._policy(chosen)
        day = run.dated(cursor, commands.day(chosen.as_of))
        named = _named(policy)
        if chosen.reverse:
            if chosen.goal == "caps" and not policy.caps:
                speaking.err(say(LANGUAGE, "stress.no_caps"))
            rows = [*_reverse(reverse(cursor, policy, day, chosen.goal), named),
                    *_falls(falls(cursor, policy, day, chosen.goal), named)]  # fmt: skip
            return commands._emit(pd.DataFrame(rows, columns=list(REVERSE)), chosen.format)
        if chosen.district:
            wanted = [_struck(one, run.districts(cursor), chosen.district) for one in wanted]
        found = run.run(cursor, policy, wanted, day)
    rows = [row for outcome in found for row in _rows(outcome, chosen.by, named)]
    return commands._emit(pd.DataFrame(rows, columns=list(COLUMNS)), chosen.format)


def _scenarios(chosen: argparse.Namespace) -> list[Scenario]:
    names = list(library.scenarios()) if chosen.all or not chosen.scenario else chosen.scenario
    return [library.scenario(name) for name in names]


def _sizes(given: Iterable[str]) -> dict[str, float]:
    found = {}
    for text in given:
        name, _, value = text.partition("=")
        try:
            found[name] = float(value)
        except ValueError as error:
            raise UsageError("stress.bad_set", value=text) from error
    return found


def _struck(one: Scenario, known: dict[str, tuple[str, ...]], name: str) -> Scenario:
    if name not in known:
        raise UsageError("stress.unknown_district", name=name, known=", ".join(known), nearest=nearest(name, known))
    return replace(one, branches=known[name])


def _named(policy: Policy) -> telling.Named:
    return lambda name: definitions.named(indicators()[name], policy.settings, LANGUAGE, "short")


def _rows(outcome: Outcome, by: str, named: telling.Named) -> Iterable[tuple[object, ...]]:
    name, currency = outcome.scenario.name, outcome.currency
    title = telling.headline(LANGUAGE, outcome, named)
    for before, after in zip(_of(outcome.before, by), _of(outcome.after, by), strict=True):
        unit = after.id if by == "branch" else ""
        for node in ("financial", "social", "balance"):
            yield name, "health", by, unit, node, getattr(before, node), getattr(after, node), None, "", None, title
    for one in (one for one in outcome.broken if one.by == by):
        text = telling.limit(LANGUAGE, one, named, currency)
        unit = one.unit if by == "branch" else ""
        yield name, "limit", by, unit, one.indicator, one.before, one.value, one.line, one.level, not one.already, text
    for fact in outcome.facts:
        text = " ".join(telling.fact(LANGUAGE, fact, currency))
        yield name, fact.side, "institution", "", fact.name, fact.before, fact.after, None, "", None, text
    for gap in outcome.gaps:
        yield name, "gap", "institution", "", gap.effect, None, None, None, "", None, telling.gap(LANGUAGE, gap)


def _of(side: Side, by: str) -> list[Unit]:
    return [side.whole] if by == "institution" else sorted(side.units, key=lambda unit: unit.id)


def _reverse(found: Iterable[Break], named: telling.Named) -> Iterable[tuple[object, ...]]:
    for one in found:
        text = " ".join(telling.breaks(LANGUAGE, one, named, ""))
        if not one.hits:
            yield "shock", one.shock, one.size, one.safe, "", "", *[None] * 6, one.needs, text
        for hit in one.hits:
            yield (
                "shock", one.shock, one.size, one.safe, hit.indicator or hit.node, hit.unit, hit.before, hit.value,
                hit.line, None, None, hit.cap, one.needs, text,
            )  # fmt: skip


def _falls(found: Iterable[Fall], named: telling.Named) -> Iterable[tuple[object, ...]]:
    """A row for each indicator and what it breaks alone: `size` is the value at which, `safe` the value now."""
    for one in found:
        usual, moves = (None if not math.isfinite(number) else number for number in (one.usual, one.moves))
        text = " ".join(telling.fall(LANGUAGE, one, named, ""))
        yield (
            "indicator", one.indicator, one.edge, one.now, one.node or one.indicator, one.unit, one.before, one.line,
            one.line, usual, moves, one.cap, "", text,
        )  # fmt: skip
