"""The commands of who is served: drift of new clients from the mission, and needs that differ by segment."""

import argparse
from collections.abc import Callable

from metrics import drift, speaking, tailoring
from metrics.commands import _emit, _periods, _policy, _scope
from metrics.drift import telling
from metrics.opening import reading
from metrics.speaking import LANGUAGE
from metrics.tailoring import telling as said
from metrics.tailoring import verdicts
from metrics.tailoring.rules import shipped
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Put the commands on the command line."""
    drifting = command("drift", drift_)
    drifting.add_argument(
        "--by", choices=("branch", "institution"), default="branch", help=say(LANGUAGE, "drift.cli_by")
    )
    drifting.add_argument("--say", action="store_true", help=say(LANGUAGE, "drift.cli_say"))
    _shared(drifting)
    needing = command("needs", needs)
    needing.add_argument("--rules", action="store_true", help=say(LANGUAGE, "needs.cli_rules"))
    needing.add_argument("--say", action="store_true", help=say(LANGUAGE, "needs.cli_say"))
    _shared(needing)


def _shared(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-of", metavar="DATE", help=say(LANGUAGE, "cli.as_of"))
    command.add_argument("--institution", help=say(LANGUAGE, "cli.institution"))
    command.add_argument("--policy", default="equal", help=say(LANGUAGE, "cli.policy"))


def drift_(chosen: argparse.Namespace) -> int:
    """by, unit, name, day, trait, against, new, n, other, others, gap, low, high, chance, corrected, looks, verdict."""
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        days = _periods(cursor, chosen)
        found = drift.found(cursor, _policy(chosen).settings, days[-1] if days else None, chosen.by)
    frame = telling.frame(found)
    drifting = [gap for one in found for gap in one.gaps if gap.drifts]
    if chosen.say:
        for gap in drifting:
            speaking.err(telling.sentence(gap, LANGUAGE))
    speaking.err(say(LANGUAGE, "drift.told", n=sum(len(one.gaps) for one in found), drifting=len(drifting)))
    return _emit(frame, chosen.format)


def needs(chosen: argparse.Namespace) -> int:
    """need, rule, segment, lead, share, n, elsewhere, others, gap, low, high, chance, corrected, looks, watch."""
    if chosen.rules:
        return _emit(said.rules_frame(shipped(), LANGUAGE), chosen.format)
    with reading(chosen) as store:
        cursor = _scope(store, chosen)
        days = _periods(cursor, chosen) or []
        found, named = tailoring.found(cursor, days[-1]), said.names(cursor)
        given = {name: one.verdict for name, one in verdicts.listed(cursor).items()}
    if chosen.say:
        for need in found.needs:
            speaking.err(said.sentence(need, LANGUAGE, named))
    speaking.err(say(LANGUAGE, "needs.told", n=found.looks, few=found.few, found=len(found.needs)))
    return _emit(said.frame(found, given), chosen.format)
