"""Amounts in thousands or millions: the heading says so, or a title above the table."""

import re
import unicodedata

from metrics.ingest.model import Plan, TopRow

THOUSAND, MILLION = 1_000, 1_000_000
WORDS = (
    (MILLION, re.compile(r"\b(?:in|en|em|of|de)\s+(?:millions?|millones|milhoes)\b|\(\s*millions?\b")),
    (THOUSAND, re.compile(r"\b(?:in|en|em|of|de)\s+(?:thousands?|milliers|miles|milhares)\b"
                          r"|\(\s*(?:thousands|milliers)\b|['’]000s?\b|\(\s*000s?\b|\b000s\b")),
)  # fmt: skip


def of(plan: Plan, titles: list[TopRow]) -> dict[str, int]:
    """Column -> what its amounts are to be multiplied by."""
    above = max((_said(text) for row in titles if row.no < plan.header_row for text in row.texts), default=1)
    return {
        use.column: scale
        for use in plan.uses
        if plan.spec.kinds[use.column] == "amount" and (scale := max(_said(use.heading), above)) > 1
    }


def _said(text: str) -> int:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return next((scale for scale, words in WORDS if words.search(plain)), 1)
