"""What stands out, in words: the sentence of a need, its evidence as rows, the rules as a manager reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from metrics.tailoring.looks import Looked, Need, Segment, key
from metrics.tailoring.rules import Rule, Rules
from metrics.words import catalogue, number, percent, say

COLUMNS = [
    "need", "rule", "segment", "lead", "share", "n", "elsewhere", "others", "gap", "low", "high", "chance", "corrected",
    "looks", "watch", "verdict",
]  # fmt: skip
FIXED = {"gender": "needs.gender_", "age": "needs.age_", "location": "needs.location_", "cycle": "needs.cycle_"}


@dataclass(frozen=True)
class Names:
    """Names of products and branches by their ids."""

    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, dimension: str, value: str) -> str:
        """The name of a product or branch; any other value as it is."""
        return self.known.get((dimension, value), value)


def names(cursor: duckdb.DuckDBPyConnection) -> Names:
    """Names of products and branches in the reader's scope."""
    products = cursor.execute("SELECT product_id, product_name FROM v_products").fetchall()
    branches = cursor.execute("SELECT branch_id, branch_name FROM v_branches").fetchall()
    found = {("product", name): title for name, title in products} | {
        ("branch", name): title for name, title in branches
    }
    return Names({one: title for one, title in found.items() if title})


def segment(given: Segment, language: str, named: Names) -> str:
    """A segment in words: women, rural, cycle 1."""
    return ", ".join(_part(name, value, language, named) for name, value in given)


def _part(dimension: str, value: str, language: str, named: Names) -> str:
    fixed = FIXED.get(dimension, "") + value
    if fixed in catalogue(language):
        return say(language, fixed)
    return say(language, f"needs.dim_{dimension}", name=named.of(dimension, value))


def points(language: str, share: float) -> str:
    """A gap as whole points, with a minus that is one."""
    rounded = round(share * 100) + 0
    return ("−" if rounded < 0 else "") + number(language, abs(rounded))


def finding(need: Need, language: str, named: Names) -> str:
    """Who and how many: 31 % of those who left (women, rural) cite the group or its meetings."""
    told = need.rule.signal.text(language).replace("{share}", percent(language, need.share, 0))
    return told.replace("{segment}", segment(need.segment, language, named))


def sentence(need: Need, language: str, named: Names) -> str:
    """The whole of a need: finding, number, elsewhere, interval of the gap, suggestion."""
    return say(
        language, "needs.sentence", finding=finding(need, language, named), n=need.n,
        elsewhere=percent(language, need.elsewhere, 0), others=need.others, low=points(language, need.low),
        high=points(language, need.high), suggestion=need.rule.suggestion(language),
    )  # fmt: skip


def evidence(need: Need, language: str) -> str:
    """The figures behind a need, without its suggestion."""
    return say(
        language, "needs.evidence", n=need.n, elsewhere=percent(language, need.elsewhere, 0), others=need.others,
        gap=points(language, need.gap), low=points(language, need.low), high=points(language, need.high),
    )  # fmt: skip


def headline(needs: Sequence[Need], looked: Looked, waiting: int, language: str, named: Names) -> str:
    """The one finding: how many needs stand out and wait, and the plainest."""
    if not looked.looks:
        return say(language, "needs.head_nothing")
    if not needs:
        return say(language, "needs.head_none", n=looked.looks)
    if not waiting:
        return say(language, "needs.head_answered", n=len(needs))
    return say(language, "needs.head", n=waiting, plainest=finding(needs[0], language, named))


def frame(looked: Looked, verdicts: Mapping[str, str]) -> pd.DataFrame:
    """One row a segment in which a need stands out, in full precision; `lead` marks the plainest of a rule."""
    rows = []
    for need in looked.needs:
        for at, one in enumerate((need, *need.also)):
            rows.append(
                {
                    "need": one.id, "rule": one.rule.name, "segment": key(one.segment), "lead": at == 0,
                    "share": one.share, "n": one.n, "elsewhere": one.elsewhere, "others": one.others, "gap": one.gap,
                    "low": one.low, "high": one.high, "chance": one.chance, "corrected": one.corrected,
                    "looks": looked.looks, "watch": one.rule.watch, "verdict": verdicts.get(one.id, ""),
                }
            )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def rules_frame(rules: Rules, language: str) -> pd.DataFrame:
    """The rules as a manager reads them: title, signal, segments, least n and gap, suggestion, indicator, limits."""
    heads = [say(language, f"needs.rule_{name}") for name in ("title", "signal", "segments", "least", "suggestion")]
    rows = [
        [one.title(language), _signal(one, language), _segments(one, language), _least(one, language),
         one.suggestion(language)]
        for one in rules.rules
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def _signal(rule: Rule, language: str) -> str:
    told = rule.signal.text(language).replace(" ({segment})", "").replace("{share}", "…")
    return told


def _segments(rule: Rule, language: str) -> str:
    told = [" × ".join(say(language, f"needs.trait_{name}") for name in spec) for spec in rule.segments]
    return ", ".join(told)


def _least(rule: Rule, language: str) -> str:
    return say(language, "needs.rule_least_text", n=rule.least_n, points=points(language, rule.least_gap))
