"""Step 2, columns: which column of the sheet is which; what is only likely stands first, each can be set right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from metrics import schema
from metrics.catalogue import indicators
from metrics.ingest import kept as mappings
from metrics.ingest import specs
from metrics.ingest.kept import fingerprint
from metrics.ingest.model import Plan, Reading, TopRow, Unread
from metrics.ingest.refuse import Lacking
from pages.ui import giving, own, titles, upload
from pages.ui.screen import Screen
from pages.ui.steps import asking, classes
from pages.ui.steps.files import marked
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

UNUSED = ""
EXAMPLES = 3
FEWEST_SHOWN = 24
LONGEST = 28


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """The questions of this step; then each sheet's columns."""
    asking.show(screen, kept, seen, "columns")
    for reading in seen.preview.readings:
        with st.container(border=True, key=f"columns_{reading.number}"):
            _sheet(screen, kept, seen, reading)
    for number, unread in enumerate(seen.preview.unread):
        grid = _of_unread(unread, kept)
        if grid is not None:
            with st.container(border=True, key=f"unread_{number}"):
                st.header(md(unread.sheet.place), anchor=False)
                _grid(screen, kept, grid, f"u{number}")


def is_open(seen: Seen) -> bool:
    """Whether a column wants a look: one that is only likely, or one that a sheet still lacks."""
    unsure = any(not use.certain for sheet in seen.preview.sheets for use in sheet.columns)
    return unsure or any(isinstance(unread.error, Lacking) for unread in seen.preview.unread)


def _sheet(screen: Screen, kept: Upload, seen: Seen, reading: Reading) -> None:
    plan = reading.plan
    table = titles.table(screen, plan.table)
    st.header(screen.say("sheet_read_as", place=md(plan.sheet.place), table=md(table)), anchor=False)
    unsure = sum(not use.certain for use in plan.uses)
    st.markdown(screen.say("columns_unsure" if unsure else "columns_sure", n=unsure or len(plan.uses)))
    if plan.shape != "table":
        own.offer(screen, kept, plan)
        _listed(screen, plan, classes.told(screen, reading))
        return
    grid = replace(_of_plan(plan, seen), classed=classes.told(screen, reading))
    if unsure:
        st.button(screen.say("columns_right"), key=f"right_{reading.number}",
                  on_click=upload.answer_mapping, args=(kept, grid.mark, grid.mapping()))  # fmt: skip
    _grid(screen, kept, grid, f"r{reading.number}")
    giving.file(
        screen, screen.say("mapping_take"), mappings.toml(grid.base), f"{plan.table}.toml", "application/toml",
        type="tertiary", key=f"mapping_{reading.number}", help=screen.say("mapping_take_help"),
    )  # fmt: skip


def _listed(screen: Screen, plan: Plan, classed: Mapping[int, str]) -> None:
    """The columns of a sheet that is no plain table, to look at."""
    questions = {f"in:{asked.place}": asked.key for asked in plan.mapping.get("questions", ())}
    known = indicators()

    def said(column: str) -> str:
        if column in known:
            return known[column].text(screen.language, "title")
        return questions.get(column) or titles.column(screen, plan.table, column)

    heads = [screen.say(f"col_{name}") for name in ("heading", "column", "reason")]
    rows = [
        (md(use.heading), md(said(use.column)), screen.say(f"use_{use.reason}"))
        for use in sorted(plan.uses, key=lambda use: use.certain)
    ]  # fmt: skip
    head = next((row.texts for row in plan.top if row.no == plan.header_row), ())
    by_heading = {head[place]: said for place, said in classed.items() if place < len(head)}
    rows += [(md(one), "–", md(by_heading.get(one) or screen.say("use_none"))) for one in plan.unused]
    st.table(dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True)), border="horizontal", hide_index=True)


@dataclass(frozen=True)
class Grid:
    """A sheet's columns as a list to set right.

    `mark` is what the sheet's choices are kept under, `base` the mapping so far, `head` the row of headings, `rows`
    the first rows, `by_place` what each column is taken for and why, `classed` what a column says about persons.
    """

    mark: str
    base: Mapping[str, Any]
    head: TopRow
    rows: tuple[TopRow, ...]
    letters: tuple[str, ...]
    by_place: Mapping[int, tuple[str, str]]
    classed: Mapping[int, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The canonical table that the sheet is read as."""
        return str(self.base["table"])

    def mapping(self, place: int = -1, column: str = "") -> dict[str, Any]:
        """The mapping as it stands, or with one more choice: a place takes a column, or none."""
        columns = {c: f"[{self.letters[at]}]" for at, (c, _) in self.by_place.items() if at != place and c != column}
        if column:
            columns[column] = f"[{self.letters[place]}]"
        return {**self.base, "header_row": self.head.no, "columns": columns}

    def examples(self, place: int) -> str:
        """The first values of a column."""
        texts = [row.texts[place] for row in self.rows if row.no > self.head.no and place < len(row.texts)]
        return " · ".join(text[:LONGEST] for text in [text for text in texts if text][:EXAMPLES])

    def heading(self, place: int) -> str:
        """A column's heading as it stands."""
        return self.head.texts[place] if place < len(self.head.texts) else ""


def _of_plan(plan: Plan, seen: Seen) -> Grid:
    head = next((row for row in plan.top if row.no == plan.header_row), TopRow(plan.header_row, 0, ()))
    base = mappings.of_plan(plan, seen.preview.options)
    by_place = {use.place: (use.column, use.reason) for use in plan.uses}
    return Grid(marked(plan, plan.top), base, head, plan.top, plan.sheet.columns, by_place)


def _of_unread(unread: Unread, kept: Upload) -> Grid | None:
    """What is known of a sheet that is not read: by the reader's choices, else as it was recognised in part."""
    chosen = kept.answers.get("mappings", {}).get(marked(unread, unread.top), {})
    letters = unread.sheet.columns
    if "columns" in chosen:
        places = {f"[{letter}]": place for place, letter in enumerate(letters)}
        by_place = {places[at]: (column, "mapping") for column, at in chosen["columns"].items() if at in places}
        return Grid(
            marked(unread, unread.top), chosen, _head(unread, chosen["header_row"]), unread.top, letters, by_place
        )
    if not isinstance(unread.error, Lacking):
        return None
    plan = unread.error.plan
    by_place = {use.place: (use.column, use.reason) for use in plan.uses}
    head = _head(unread, plan.header_row)
    mark = fingerprint(head.texts) if head.texts else marked(unread, unread.top)
    return Grid(mark, {"table": plan.table}, head, unread.top, letters, by_place)


def _head(unread: Unread, no: int) -> TopRow:
    return next((row for row in unread.top if row.no == no), TopRow(no, 0, ()))


def _grid(screen: Screen, kept: Upload, grid: Grid, key: str) -> None:
    """One line a column: heading, first values, what it is taken for, and why."""
    taken = {column for column, _ in grid.by_place.values()}
    lacking = specs.missing(grid.table, taken)
    if lacking:
        names = ", ".join(titles.column(screen, grid.table, column) for column in lacking)
        st.warning(screen.say("columns_lacking", names=md(names)))
    columns = [UNUSED, *_sorted(grid.table, lacking)]
    places = [place for place in range(len(grid.letters)) if grid.heading(place) or grid.examples(place)]
    places.sort(key=lambda place: _urgency(grid, place))
    shown = max(FEWEST_SHOWN, len(grid.by_place))
    for place in places[:shown]:
        _line(screen, kept, grid, place, columns, key)
    if len(places) > shown:
        fold = st.expander(screen.say("columns_more", n=len(places) - shown), key=f"more_{key}", on_change="rerun")
        with fold:
            for place in places[shown:] if fold.open else ():
                _line(screen, kept, grid, place, columns, key)


def _sorted(table: str, lacking: list[str]) -> list[str]:
    """The columns to choose from: those that are needed and missing first, then as the table has them."""
    own = [
        column for column in [*schema.tables()[table].columns, *specs.of_table(table).kinds] if column not in lacking
    ]
    return [*lacking, *dict.fromkeys(own)]


def _urgency(grid: Grid, place: int) -> tuple[int, int]:
    """Likely columns first, then those in use, then those that are not; each in the order of the sheet."""
    if place not in grid.by_place:
        return 2, place
    sure = grid.by_place[place][1] in ("same", "synonym", "mapping")
    return int(sure), place


def _line(screen: Screen, kept: Upload, grid: Grid, place: int, columns: list[str], key: str) -> None:
    column, reason = grid.by_place.get(place, (UNUSED, "none"))
    name = f"column_{key}_{place}"
    st.session_state[name] = column if column in columns else UNUSED
    sure = reason in ("same", "synonym", "mapping", "none")

    def chosen() -> None:
        upload.answer_mapping(kept, grid.mark, grid.mapping(place, st.session_state[name]))

    with st.container(key=f"line_{name}"):
        left, right = st.columns([7, 6], vertical_alignment="center")
        with left:
            heading = md(grid.heading(place)) or screen.say("no_heading")
            why = ("" if sure else ":orange[▲] ") + f":gray[{screen.say(f'use_{reason}')}]"
            said = f" · :violet[{md(grid.classed[place])}]" if place in grid.classed else ""
            st.markdown(
                f"**{heading}** :gray[{md(grid.letters[place])}] · {why}{said}  \n:gray[{md(grid.examples(place))}]"
            )
        with right:
            st.selectbox(
                screen.say("column_of", heading=grid.heading(place) or grid.letters[place]), columns, key=name,
                on_change=chosen, label_visibility="collapsed", format_func=lambda one: _said(screen, grid, one),
                help=titles.meaning(screen, grid.table, column) or None,
            )  # fmt: skip


def _said(screen: Screen, grid: Grid, column: str) -> str:
    if column == UNUSED:
        return screen.say("column_unused")
    star = " *" if column in specs.of_table(grid.table).needed else ""
    return titles.column(screen, grid.table, column) + star
