"""What a reader has chosen, kept in the address so that a refresh, a bookmark or a link shows the same."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from metrics import access
from metrics.access import Actor
from metrics.words import LANGUAGES, say

KEYS = (
    "lang", "data", "period", "branch", "product", "social", "policy", "themes", "unit", "indicator", "part", "theme",
    "show", "upload", "step", "setting", "line", "decision",
    "risk", "breach", "voice", "action", "need", "shock", "filter",
    "doc", "plan", "sections", "leaf", "pack", "before", "after",
)  # fmt: skip
OF_ONE_PAGE = (
    "unit", "indicator", "part", "theme", "show", "risk", "breach", "voice", "action", "need", "shock", "filter",
    "leaf", "pack", "before", "after",
)  # fmt: skip
KEPT = "address"
SIGNED = "signed_in"
DEFAULT_POLICY = "equal"
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What there is to choose from in the data at hand: dates newest first, names by id.

    `policies` has the paths whose weight may be moved, by policy; kept ones are named name@version, and
    `default` is the one in use.
    """

    periods: Sequence[datetime.date] = ()
    branches: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, Collection[str]] = field(default_factory=dict)
    default: str = DEFAULT_POLICY


@dataclass(frozen=True)
class Choices:
    """One reader's choices, each checked against what there is; None or () is the default."""

    period: datetime.date | None = None
    branches: tuple[str, ...] = ()
    product: str | None = None
    social: float | None = None
    policy: str = DEFAULT_POLICY
    themes: tuple[tuple[str, float], ...] = ()
    unknown: tuple[tuple[str, str], ...] = field(default=())


def reader() -> Actor:
    """Who reads in this run: as whom the door let the session in, which it asks anew at each run.

    What a page draws asks here. What changes or gives away anything asks `access.need`, which looks the role up again.
    """
    found = st.session_state.get(SIGNED)
    return found if isinstance(found, Actor) else access.current()


def restore(page: str) -> None:
    """Put back into the address what the session remembers: the menu's links carry no choices.

    A drawer belongs to its page: another page does not open it again.
    """
    kept = st.session_state.setdefault(KEPT, {})
    if st.session_state.get("page") not in (None, page):
        for key in OF_ONE_PAGE:
            kept.pop(key, None)
    st.session_state["page"] = page
    for key in KEYS:
        now = st.query_params.get_all(key)
        if now:
            kept[key] = now
        elif key in kept:
            st.query_params[key] = kept[key]


def put(key: str, *values: str) -> None:
    """Set a choice in the address; without a value it goes back to its default."""
    kept = st.session_state.setdefault(KEPT, {})
    if values:
        kept[key] = list(values)
        st.query_params[key] = list(values)
        return
    kept.pop(key, None)
    if key in st.query_params:
        del st.query_params[key]


def given(key: str) -> str | None:
    """One choice as the address has it."""
    found = st.query_params.get_all(key)
    return found[-1] if found else None


def language() -> str:
    """The language of the address, else the browser's, else English."""
    asked = given("lang")
    if asked in LANGUAGES:
        return str(asked)
    browser = (st.context.locale or "")[:2].lower()
    return browser if browser in LANGUAGES else LANGUAGES[0]


def choices(options: Options) -> Choices:
    """The choices of the address. What is not known falls back to its default, and is named."""
    unknown: list[tuple[str, str]] = []
    branches = _several("branch", options.branches, unknown)
    policy = _one("policy", str, lambda name: name in options.policies, unknown) or options.default
    return Choices(
        period=_one("period", _day, lambda day: day in options.periods, unknown),
        branches=branches,
        product=_one("product", str, lambda name: name in options.products, unknown),
        social=_one("social", _share, lambda share: 0 <= share <= 100, unknown),
        policy=policy,
        themes=_themes(options.policies.get(policy, ()), unknown),
        unknown=tuple(unknown),
    )


def _one(
    key: str, read: Callable[[str], T | None], known: Callable[[T], bool], unknown: list[tuple[str, str]]
) -> T | None:
    text = given(key)
    value = None if text is None else read(text)
    if text is None or (value is not None and known(value)):
        return value
    unknown.append((key, text))
    put(key)
    return None


def _several(key: str, known: Collection[str], unknown: list[tuple[str, str]]) -> tuple[str, ...]:
    asked = list(dict.fromkeys(st.query_params.get_all(key)))
    found = [value for value in asked if value in known]
    if found != asked:
        unknown += [(key, value) for value in asked if value not in known]
        put(key, *found)
    return tuple(found)


def _themes(paths: Collection[str], unknown: list[tuple[str, str]]) -> tuple[tuple[str, float], ...]:
    """Weights of themes, each written PATH:WEIGHT; all or none."""
    found = []
    for text in st.query_params.get_all("themes"):
        path, _, number = text.rpartition(":")
        weight = _share(number)
        if path not in paths or weight is None or not 0 <= weight <= 100:
            unknown.append(("themes", text))
            put("themes")
            return ()
        found.append((path, weight))
    return tuple(found)


def unknown_text(said: str, unknown: tuple[tuple[str, str], ...]) -> str:
    """What of the address was not known, as one sentence each."""
    return " ".join(say(said, "pages.address_unknown", key=key, value=value[:60]) for key, value in unknown)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _share(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
