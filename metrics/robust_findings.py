"""One sentence for each picture of robustness, made from the numbers that the picture shows."""

from collections.abc import Sequence

import numpy as np

from metrics.findings import units_text
from metrics.formula import Array
from metrics.importance import FEWEST, Removal, strongest
from metrics.robust_facts import FEW, PRESENT, Facts
from metrics.robustness import Leeway
from metrics.sobol import Parts
from metrics.words import number, percent, say

TWICE = 0.9  # a correlation from which two indicators may count one fact twice
WHOLE = 1e-9
TELL = 1e-4  # gaps and shares nearer than this are equal


def silence(facts: Facts, language: str, least: int = 2) -> str:
    """Why there is no ranking to question; empty where at least so many units have a balance."""
    if facts.ranked >= least:
        return ""
    if not np.any(facts.states == PRESENT):
        return say(language, "robust.none_at_all")
    if facts.whole in ("financial", "social"):
        return say(language, f"robust.only_{facts.whole}")
    if facts.ranked == 0:
        return say(language, "robust.none_with_balance")
    return say(language, "robust.too_few_units", n=facts.ranked, units=units_text(language, facts.by, facts.ranked))


def between(language: str, low: float, high: float) -> dict[str, str]:
    """The ends of a range of social shares as texts say them."""
    return {"low": number(language, low), "high": percent(language, high / 100, 0)}


def spans_said(facts: Facts, ranks: tuple[Array, Array, Array], language: str, low: float, high: float) -> str:
    """How many units can change their rank within the range, and which of them most."""
    _, best, worst = ranks
    wide = worst - best
    moving = int(np.sum(wide > 0))
    said = {**between(language, low, high), "units": units_text(language, facts.by, facts.ranked)}
    if not moving:
        return say(language, "robust.say_ranks_none", **said)
    most = np.flatnonzero(wide == wide.max())
    said |= {"name": facts.names[most[0]], "best": str(int(best[most[0]])), "worst": str(int(worst[most[0]]))}
    said["more"] = also(language, len(most) - 1)
    return say(language, "robust.say_ranks", n=moving, **said)


def accepted_said(facts: Facts, parts: Array, language: str, low: float, high: float) -> str:
    """Who leads over most of the range, and how many units are below limit throughout or for a part of it."""
    leads = parts[:, 0]
    top = np.flatnonzero(leads >= leads.max() - WHOLE)
    said = {**between(language, low, high), "name": facts.names[top[0]], "more": also(language, len(top) - 1)}
    under = parts[:, 2]
    said["always"] = number(language, int(np.sum(under >= 1 - WHOLE)))
    said["partly"] = number(language, int(np.sum((under > WHOLE) & (under < 1 - WHOLE))))
    if leads.max() >= 1 - WHOLE:
        return say(language, "robust.say_leads_all", **said)
    return say(language, "robust.say_leads", share=percent(language, float(leads.max()), 0), **said)


def decides_said(found: Parts, choices: Sequence[str], leeway: Leeway, language: str) -> str:
    """Which choice moves the ranks most, unless two are too close to call."""
    runs = number(language, found.runs)
    if not np.any(~np.isnan(found.total)):
        return say(language, "robust.say_still", runs=runs)
    order = np.argsort(-found.total, kind="stable")
    top, second = int(order[0]), int(order[min(1, len(order) - 1)])
    said = {
        "runs": runs, "mean": number(language, found.mean, 1),
        "choice": choice_title(choices[top], leeway, language), "share": percent(language, _held(found.total[top]), 0),
        "low": number(language, 100 * _held(found.total_span[top, 0])),
        "high": percent(language, _held(found.total_span[top, 1]), 0),
    }  # fmt: skip
    close = top != second and found.total_span[second, 1] > found.total_span[top, 0]
    if close:
        said["other"] = choice_title(choices[second], leeway, language)
        said["part"] = percent(language, _held(found.total[second]), 0)
        return say(language, "robust.say_decides_close", **said)
    return say(language, "robust.say_decides", **said)


def choice_title(choice: str, leeway: Leeway, language: str) -> str:
    """A choice with how far it may move."""
    said = between(language, leeway.low, leeway.high)
    noise, posts = (percent(language, part, 0) for part in (leeway.weights, leeway.goalposts))
    return say(language, f"robust.choice_{choice}", noise=noise, posts=posts, **said)


def importance_said(facts: Facts, shares: Array, language: str) -> str:
    """The indicator whose importance lies furthest from its weight."""
    if np.any(np.isnan(shares)):
        few = facts.ranked < FEWEST
        return say(language, "robust.say_importance_few" if few else "robust.say_importance_flat", n=FEWEST)
    gaps = np.abs(shares - facts.weights)
    top = int(np.argmax(gaps))
    said = {"name": facts.shorts[top], "weight": percent(language, float(facts.weights[top]), 0)}
    said["units"] = say(language, f"robust.between_{facts.by}")
    if gaps[top] < TELL:
        return say(language, "robust.say_importance_same", n=len(gaps), units=said["units"])
    key = "robust.say_importance" if shares[top] >= 0 else "robust.say_importance_evens"
    return say(language, key, n=len(gaps), share=percent(language, float(abs(shares[top])), 0), **said)


def correlation_said(facts: Facts, table: Array, language: str) -> str:
    """The pair that goes together most closely, and whether it may count one fact twice."""
    pair = strongest(table)
    if pair is None:
        return say(language, "robust.say_pairs_none", n=FEWEST)
    one, other = pair
    both = int(np.sum(~np.isnan(facts.scores.z[:, one] + facts.scores.z[:, other])))
    said = {
        "one": facts.shorts[one], "other": facts.shorts[other], "r": number(language, table[one, other], 2),
        "units": units_text(language, facts.by, both), "least": number(language, TWICE, 1),
        "weight": percent(language, float(facts.weights[one] + facts.weights[other]), 0),
    }  # fmt: skip
    if table[one, other] < TWICE:
        return say(language, "robust.say_pairs", **said)
    close = int(np.sum(table[np.triu_indices(len(table), 1)] >= TWICE)) - 1
    said["more"] = say(language, "robust.pairs_more", n=close, least=said["least"]) if close else ""
    return say(language, "robust.say_pairs_twice", **said)


def removal_said(facts: Facts, found: Sequence[Removal], changed: Sequence[Array], language: str) -> str:
    """The indicator without which ranks move most, and how many change the status of a unit."""
    largest = np.array([one.largest for one in found])
    number_of = int(sum(np.any(units) for units in changed))
    turned = say(language, "robust.removal_status", n=number_of, all=len(found))
    if not largest.max(initial=0):
        return say(language, "robust.say_removal_none", turned=turned)
    most = np.flatnonzero(largest == largest.max())
    top = found[most[0]]
    far = np.flatnonzero(np.abs(top.shifts) == top.largest)
    said = {"title": facts.shorts[top.leaf], "more": also(language, len(most) - 1)}
    said["unit"] = facts.names[far[0]] + also(language, len(far) - 1)
    return say(language, "robust.say_removal", n=int(largest.max()), turned=turned, **said)


def coverage_said(facts: Facts, language: str) -> str:
    """How many figures are there, and who has less than the least share that a health asks for."""
    least, few = facts.least, int(np.sum(facts.states == FEW))
    by_unit, by_leaf = facts.coverage()
    said = {
        "there": number(language, int(np.sum(facts.states == PRESENT))),
        "all": number(language, facts.states.size), "least": percent(language, least, 0),
        "units": units_text(language, facts.by, int(np.sum(by_unit < least - WHOLE))),
        "few": say(language, "robust.few_cells", n=few) if few else "",
    }  # fmt: skip
    if np.all(facts.states == PRESENT):
        return say(language, "robust.say_coverage_all", n=facts.states.size)
    return say(language, "robust.say_coverage", n=int(np.sum(by_leaf < least - WHOLE)), **said)


def also(language: str, n: int) -> str:
    """And 2 others; empty for none."""
    return say(language, "robust.also", n=n) if n else ""


def _held(part: float) -> float:
    """An estimate of a part, without what sampling error puts outside 0..1."""
    return float(min(max(part, 0.0), 1.0))
