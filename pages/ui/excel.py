"""The buttons *Excel* and *CSV* beside a table, and what each such file says of itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from metrics import definitions
from metrics.excel import Sheet, file_name, workbook
from metrics.findings import MIN_CLIENTS
from metrics.words import date, percent, say
from pages.ui import data, giving, weights
from pages.ui.downloads import as_csv
from pages.ui.screen import Screen

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICON = ":material/download:"
LOOK: dict[str, Any] = {"type": "tertiary"}


def button(
    screen: Screen, name: str, made: Callable[[], Sequence[Sheet]], key: str, label: str = "", action: str = "export"
) -> None:
    """Two buttons side by side that give tables as a workbook and as CSV; see `files`."""
    if not giving.allowed(screen, action):
        return
    with st.container(horizontal=True, width="content", wrap=False, vertical_alignment="center", key=f"{key}_files"):
        files(screen, name, made, key, label, action=action)


def files(
    screen: Screen, name: str, made: Callable[[], Sequence[Sheet]], key: str, label: str = "",
    icon: str | None = ICON, action: str = "export",
) -> None:  # fmt: skip
    """Two buttons: the tables as a workbook, and as CSV, which says below them where they are from.

    Args:
        name: what the file holds, for its name.
        made: gives the tables; it runs outside of the script and must not call Streamlit.
        key: of the first button; that of the second ends with `_csv`.
        label: what stands on the first; Excel where empty.
        icon: before the first; none where what stands around it has one.
        action: what the role must allow, as in `giving.file`.
    """
    about = [*about_rows(screen), (screen.say("take_view"), link())]
    first = say(screen.language, "indicators.excel_about")
    lines = [source(screen), link()]
    held: dict[str, Any] = {}
    giving.file(
        screen, label or say(screen.language, "indicators.excel"), lambda: workbook(about, _counted(made, held), first),
        f"{stem(screen, name)}.xlsx", MIME, key=key, icon=icon, action=action, held=held, **LOOK,
    )  # fmt: skip
    giving.file(
        screen, screen.say("take_csv"), lambda: csv(_counted(made, held), lines), f"{stem(screen, name)}.csv",
        "text/csv", key=f"{key}_csv", action=action, held=held, **LOOK,
    )  # fmt: skip


def _counted(made: Callable[[], Sequence[Sheet]], held: dict[str, Any]) -> list[Sheet]:
    """The tables, and what the account says of them: how many rows, under which heads."""
    sheets = [replace(sheet, rows=list(sheet.rows)) for sheet in made()]
    held["rows"] = sum(len(list(sheet.rows)) for sheet in sheets)
    held["columns"] = {sheet.name: list(sheet.heads) for sheet in sheets}
    return sheets


def csv(sheets: Sequence[Sheet], lines: Sequence[str]) -> bytes:
    """Tables as one CSV, one under the other, with their notes and their source at the end."""
    rows: list[Sequence[object]] = []
    for place, sheet in enumerate(sheets):
        if place:
            rows += [[], [sheet.name], sheet.heads]
        rows += [[_plain(value) for value in row] for row in sheet.rows]
        rows += [[note] for note in sheet.notes]
    return as_csv(sheets[0].heads if sheets else [], [*rows, [], *([line] for line in lines)])


def _plain(value: object) -> object:
    """A figure as its number in full precision."""
    return getattr(value, "value", value)


def link() -> str:
    """The address of the view as it stands, choices and all."""
    parts = urlsplit(st.context.url or "")
    query = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def source(screen: Screen) -> str:
    """One line: whose figures, of when, of which part, under which weights."""
    language = screen.language
    shown = screen.choices.period or next(iter(screen.options.periods), None)
    share = percent(language, weights.used(screen).social / 100, 0)
    parts = [
        data.institution(screen.source, language),
        date(language, shown) if shown else "",
        scope_text(screen) if screen.choices.branches or screen.choices.product else "",
        screen.say("take_weights", weighting=screen.policy_title(), share=share),
        screen.say("chip_sample") if screen.source.is_sample else "",
    ]
    return " · ".join(part for part in parts if part)


def stem(screen: Screen, name: str) -> str:
    """A file's name without its ending: what it holds and of when."""
    return file_name("evenkeel", name, day(screen)).removesuffix(".xlsx")


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
