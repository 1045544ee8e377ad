"""The unsaved edit: it lives in the address, so that a refresh, a link or another page keeps it."""

import datetime
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

import streamlit as st

from metrics import definitions, limits, scenarios
from metrics.catalogue import Indicator, indicators
from metrics.errors import EvenkeelError
from metrics.formula import goalpost_fault
from metrics.policy import Fixed, Policy
from metrics.policy_toml import SETTINGS, Line, read_settings
from metrics.regulator import ordered
from metrics.tree import Leaf
from pages.ui import data, state, weights
from pages.ui.screen import Screen
from pages.ui.settings import cells

PAR30 = "par30"
ROUND = "settings_round"
NUMBERS = ("worst", "amber", "red", "best")
WORDS = ("source", "by", "on")
CAP, CAPS, FREE = "cap", "yes", "no"  # whether an indicator's red limit makes a unit critical, as the address has it
Edits = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Draft:
    """The policy in use (`base`), what is edited, and the policy that would be saved.

    `settings` are by name, `lines` by indicator and column as the address has them; `faults` are what must be
    mended before anything can be saved; `unknown` what the address had in vain.
    """

    base: Policy
    policy: Policy
    settings: Mapping[str, object] = field(default_factory=dict)
    lines: Edits = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything is edited."""
        return bool(self.settings or self.lines)


def of(screen: Screen) -> Draft:
    """The edit that the address holds, on the policy in use with the reader's own weights."""
    base = completed(screen.source, weights.used(screen))
    unknown: list[tuple[str, str]] = []
    settings = {name: value for name, value in _settings(unknown).items() if base.settings[name] != value}
    lines = {place: text for place, text in _lines(unknown).items() if not _same(base, place, text)}
    policy = replace(base, settings=Fixed(tuple({**base.settings, **settings}.items())))
    approved, faults = approvals(screen.source), []
    for name in dict.fromkeys(name for name, _ in lines):
        wrong = fault(base, lines, name, approved)
        if wrong:
            faults.append((name, wrong))
        else:
            policy = with_lines(policy, numbers(base, lines, name), name)
    policy = replace(policy, caps=caps(base, lines))
    return Draft(base, policy, settings, lines, tuple(faults), tuple(unknown))


@st.cache_data(show_spinner=False, max_entries=16)
def completed(source: data.Source, policy: Policy) -> Policy:
    """The policy with every goalpost and limit in force written into it."""
    with closing(source.store.cursor()) as cursor:
        return scenarios.completed(cursor, policy)


def caps(base: Policy, lines: Edits) -> tuple[str, ...]:
    """The scored indicators whose red limit makes a unit critical, as edited or as they are."""
    scored = [leaf.indicator for leaf in base.leaves]
    return tuple(name for name in scored if lines.get((name, CAP), CAPS if name in base.caps else FREE) == CAPS)


def line_of(policy: Policy, indicator: Indicator, column: str) -> Line:
    """One of `NUMBERS` of an indicator; goalposts of a figure that is not scored are the catalogue's."""
    if column in ("amber", "red"):
        return policy.limits.get(indicator.id, (None, None))[column == "red"]
    posts = next((leaf.goalposts for leaf in policy.leaves if leaf.indicator == indicator.id), indicator.goalposts)
    if len(posts) == 4:
        return (posts[0], posts[3]) if column == "worst" else (posts[1], posts[2])
    return None if len(posts) != 2 else posts[column == "best"]


def numbers(base: Policy, lines: Edits, name: str) -> dict[str, Line]:
    """The four numbers of an indicator, each as edited or as it is."""
    indicator = indicators()[name]
    return {
        column: cells.found(lines[name, column]) if (name, column) in lines else line_of(base, indicator, column)
        for column in NUMBERS
    }


def with_lines(policy: Policy, now: Mapping[str, Line], name: str) -> Policy:
    """The policy with other goalposts and limits of one indicator."""
    changed = {**policy.limits, name: (now["amber"], now["red"])}
    changed = {key: pair for key, pair in changed.items() if pair != (None, None)}
    posts = _posts(now)
    leaves = tuple(replace(leaf, goalposts=posts) if leaf.indicator == name else leaf for leaf in policy.leaves)
    return replace(policy, leaves=leaves, limits=Fixed(tuple(changed.items())))


def _posts(now: Mapping[str, Line]) -> tuple[float, ...]:
    """Goalposts as a policy has them: worst and best, or the four numbers of a band."""
    worst, best = now["worst"], now["best"]
    if isinstance(worst, tuple) and isinstance(best, tuple):
        return worst[0], *best, worst[1]
    return tuple(end for end in (worst, best) if isinstance(end, float))


def fault(base: Policy, lines: Edits, name: str, approved: Mapping[str, tuple[str, str, str]]) -> str:
    """The key of what is wrong with an indicator's edits; empty where nothing is."""
    now = numbers(base, lines, name)
    leaf = next((leaf for leaf in base.leaves if leaf.indicator == name), None)
    if leaf is None and {"worst", "best"} & {column for place, column in lines if place == name}:
        return "not_scored"
    wrong = "" if leaf is None else _goalposts(indicators()[name], leaf, now)
    if wrong:
        return wrong
    if not ordered(indicators()[name], now["amber"], now["red"]):
        return "amber_after_red"
    half = bool(word(approved, lines, name, "by")) != bool(word(approved, lines, name, "on"))
    return "approval_half" if half else ""


def _goalposts(indicator: Indicator, leaf: Leaf, now: Mapping[str, Line]) -> str:
    """What is wrong with worst and best of a scored figure: not numbers apart, or better and worse turned round."""
    posts = _posts(now)
    if goalpost_fault(posts, leaf.transform):
        return "goalposts"
    turned = len(posts) == 2 and (posts[0] > posts[1]) != (indicator.better == "lower")
    return "goalposts_turned" if turned else ""


def put_setting(name: str, value: object) -> None:
    """Set one definition in the address."""
    kept = {key: text for key, text in _pairs("setting")}
    kept[name] = str(value).lower() if isinstance(value, bool) else str(value)
    state.put("setting", *(f"{key}:{text}" for key, text in kept.items()))


def put_lines(edits: Edits) -> None:
    """Set cells of the grid in the address, on top of those that are there."""
    kept = {key: text for key, text in _pairs("line")}
    kept.update({f"{name}.{column}": text for (name, column), text in edits.items()})
    state.put("line", *(f"{key}:{text}" for key, text in kept.items()))


def discard() -> None:
    """Forget every edit; the grid and the controls go back to the policy in use."""
    state.put("setting")
    state.put("line")
    st.session_state.pop("settings_unread", None)
    st.session_state[ROUND] = rounds() + 1


def rounds() -> int:
    """How often the grid had to begin anew; part of its key."""
    return int(st.session_state.get(ROUND, 0))


def _pairs(key: str) -> list[tuple[str, str]]:
    return [(text.partition(":")[0], text.partition(":")[2]) for text in st.query_params.get_all(key)]


def _settings(unknown: list[tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, text in _pairs("setting"):
        try:
            if name == PAR30:
                meaning = definitions.MEANINGS[text]
                found.update(zip(definitions.PAR, meaning, strict=True))
            else:
                found.update(read_settings({name: typed(name, text)}, "settings"))
        except (EvenkeelError, ValueError, KeyError):
            unknown.append(("setting", f"{name}:{text}"))
    return found


def typed(name: str, text: str) -> object:
    """A setting's value out of the address; raises KeyError or ValueError where it is none."""
    default = SETTINGS[name]
    if isinstance(default, bool):
        return {"true": True, "false": False}[text]
    if isinstance(default, (int, float)):
        return type(default)(text)
    return text


def _lines(unknown: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found = {}
    for key, text in _pairs("line"):
        name, _, column = key.rpartition(".")
        if name in indicators() and column in (*NUMBERS, *WORDS, CAP) and _sound(indicators()[name], column, text):
            found[name, column] = text
        else:
            unknown.append(("line", f"{key}:{text}"))
    return found


def _sound(indicator: Indicator, column: str, text: str) -> bool:
    """Whether the text is a value of its column: a number, a band where one is due, a day, or words."""
    try:
        if column in NUMBERS:
            line = cells.found(text)
            return line is None or isinstance(line, tuple) == (indicator.better == "band")
        if column == "on" and text:
            return datetime.date.fromisoformat(text) <= datetime.date.today()
    except ValueError:
        return False
    return text in (CAPS, FREE) if column == CAP else len(text) <= 300


def _same(base: Policy, place: tuple[str, str], text: str) -> bool:
    name, column = place
    if column == CAP:
        return (name in base.caps) == (text == CAPS)
    return column in NUMBERS and cells.kept(line_of(base, indicators()[name], column)) == text


@st.cache_data(show_spinner=False, max_entries=16)
def approvals(source: data.Source) -> dict[str, tuple[str, str, str]]:
    """Source, who approved and the day, as the board's own rows have them, by indicator."""
    with closing(source.store.cursor()) as cursor:
        return limits.approvals(cursor)


def word(approved: Mapping[str, tuple[str, str, str]], lines: Edits, name: str, column: str) -> str:
    """Source, approver or day of an indicator's limits, as edited or as they are."""
    now = approved.get(name, ("", "", ""))
    return lines.get((name, column), now[WORDS.index(column)])
