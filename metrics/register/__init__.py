"""The risk register: every risk with both legs, what it is without controls, now, and where it should be."""

from metrics.register.book import changes, find, next_body, reviews, risks, titles
from metrics.register.risk import RISK, Risk
from metrics.register.starter import starters

__all__ = ["RISK", "Risk", "changes", "find", "next_body", "reviews", "risks", "starters", "titles"]
