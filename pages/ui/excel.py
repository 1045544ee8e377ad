"""The button *Excel* beside a table, and what the first sheet of each such file says."""

from collections.abc import Callable, Sequence

import streamlit as st

from metrics import definitions
from metrics.excel import Sheet, file_name, workbook
from metrics.findings import MIN_CLIENTS
from metrics.words import date, percent, say
from pages.ui import data, weights
from pages.ui.screen import Screen

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def button(screen: Screen, name: str, made: Callable[[], Sequence[Sheet]], key: str, label: str = "") -> None:
    """A button that gives tables as a workbook; it is made when it is asked for.

    Args:
        name: what the file holds, for its name.
        made: gives the tables; it runs outside of the script and must not call Streamlit.
        key: the button's key.
        label: what stands on it; Excel where empty.
    """
    about = about_rows(screen)
    first = say(screen.language, "indicators.excel_about")
    st.download_button(
        label or say(screen.language, "indicators.excel"),
        lambda: workbook(about, made(), first),
        file_name("evenkeel", name, day(screen)),
        MIME,
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def day(screen: Screen) -> str:
    """The date of the figures shown, as a file name has it."""
    shown = screen.choices.period or next(iter(screen.options.periods), None)
    return "" if shown is None else shown.isoformat()


def about_rows(screen: Screen) -> list[tuple[str, object]]:
    """Whose figures, of when, of which part, under which weighting and definitions, and what is kept back."""
    language = screen.language

    def told(name: str) -> str:
        return say(language, f"indicators.about_{name}")

    policy = weights.used(screen)
    shown = screen.choices.period or next(iter(screen.options.periods), None)
    rows: list[tuple[str, object]] = [
        (told("institution"), data.institution(screen.source, language)),
        (told("data"), screen.say("chip_sample" if screen.source.is_sample else "chip_own")),
        (told("date"), date(language, shown) if shown else ""),
        (told("scope"), scope_text(screen)),
        (told("policy"), screen.policy_title()),
        (told("social"), percent(language, policy.social / 100, 0)),
    ]
    if screen.choices.themes:
        rows.append((told("themes"), screen.say("chip_themes")))
    rows += [(told("definitions"), text) for text in definitions.listed(policy.settings, language)]
    rows.append((told("missing"), say(language, "indicators.about_missing_text")))
    rows.append((told("few"), say(language, "indicators.about_few_text", n=MIN_CLIENTS)))
    return rows


def scope_text(screen: Screen) -> str:
    """Which part of the institution is shown: its branches and its product, or all of it."""
    options, choices = screen.options, screen.choices
    parts = [options.branches[name] for name in choices.branches]
    if choices.product:
        parts.append(options.products[choices.product])
    return ", ".join(parts) or say(screen.language, "indicators.about_whole")
