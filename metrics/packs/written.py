"""Goalposts and power means of `metrics.formula` written out for a spreadsheet, over the children that are there."""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.formula import settled

BEYOND = 9  # no score is: stands for a missing one where the least or the greatest is sought


def leaf_formula(value: str, posts: Sequence[str], log: bool) -> str:
    """A value between its goalposts, 0..1.

    Args:
        value, posts: places of cells; two goalposts, or four of a band.
        log: whether it runs on logarithms; of a value of 0 or less there is none.
    """
    x, ends = (f"LN({value})", [f"LN({post})" for post in posts]) if log else (value, list(posts))
    score = _between(x, ends[0], ends[1])
    if len(ends) == 4:
        score = f"MIN({score},{_between(x, ends[3], ends[2])})"
    there = f"AND(ISNUMBER({value}),N({value})>0)" if log else f"ISNUMBER({value})"
    return f'IF({there},{score},"")'


def _between(x: str, worst: str, best: str) -> str:
    return f"MAX(0,MIN(1,({x}-{worst})/({best}-{worst})))"


def mean_formula(node: Mapping[str, Any], children: Sequence[tuple[str, str]]) -> str:
    """The power mean of a node; empty where too little of its weight is there.

    Args:
        node: exponent (a number, min or max), epsilon, coverage and dual, as the live balance has them.
        children: of each the places of its score and of its weight; one without weight is left out.
    """
    there = [f"AND(ISNUMBER({score}),{weight}>0)" for score, weight in children]
    scores = [f"(1-{score})" if node["dual"] else score for score, _ in children]
    weights = [weight for _, weight in children]
    whole = _sum([f"IF({present},{weight},0)" for present, weight in zip(there, weights, strict=True)])
    mean = _mean(node["exponent"], node["epsilon"], there, scores, weights, whole)
    held = f"1-({mean})" if node["dual"] else mean
    least = f"({node['coverage']!r}-1E-12)*{_sum(weights)}"
    return f'IF(OR({whole}<=0,{whole}<{least}),"",{held})'


def _mean(
    exponent: Any, epsilon: float, there: Sequence[str], scores: Sequence[str], weights: Sequence[str], whole: str
) -> str:
    def each(texts: Sequence[str], other: float) -> list[str]:
        return [f"IF({present},{text},{other})" for present, text in zip(there, texts, strict=True)]

    if exponent in ("min", "max"):
        name, other = ("MIN", BEYOND) if exponent == "min" else ("MAX", -BEYOND)
        return f"{name}({','.join(each(scores, other))})"
    power = settled(float(exponent))
    if power == 1:
        terms = [f"{weight}*{score}" for weight, score in zip(weights, scores, strict=True)]
        return f"{_sum(each(terms, 0))}/{whole}"
    lifted = [f"({epsilon!r}+{1.0 - epsilon!r}*{score})" for score in scores] if epsilon else list(scores)
    bent = [f"LN({up})" if power == 0 else f"{up}^({power!r})" for up in lifted]
    terms = [f"{weight}*{one}" for weight, one in zip(weights, bent, strict=True)]
    mean = f"{_sum(each(terms, 0))}/{whole}"
    back = f"EXP({mean})" if power == 0 else f"({mean})^(1/({power!r}))"
    back = f"({back}-{epsilon!r})/{1.0 - epsilon!r}" if epsilon else back
    if power > 0 or epsilon:
        return back
    return f"IF(MIN({','.join(each(scores, BEYOND))})<=0,0,{back})"  # one zero gives 0


def _sum(texts: Sequence[str]) -> str:
    return f"({'+'.join(texts)})"
