"""Step 3, check: what is doubtful, what was repaired, and the rows that are set aside, to correct here or elsewhere."""

import streamlit as st

from metrics.ingest import asides, corrections, marked
from metrics.ingest.model import Aside, SheetPreview
from metrics.words import date, number
from pages.ui import giving, titles, upload
from pages.ui.screen import Screen
from pages.ui.steps import asking, means
from pages.ui.text import md
from pages.ui.upload import Seen, Upload

NAMES = ("date_order", "decimal", "percent", "calendar", "repeated", "accept_new")
MOST_GROUPS, MOST_ROWS = 12, 500
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(screen: Screen, kept: Upload, seen: Seen) -> None:
    """The questions of this step; then each sheet: counts, repairs, rows set aside."""
    asking.show(screen, kept, seen, "check")
    asking.given(screen, kept, NAMES)
    means.branches_taken(screen, kept, seen)
    for place, sheet in enumerate(seen.preview.sheets, start=1):
        _sheet(screen, kept, seen, place, sheet)
    for note in seen.preview.notes:
        st.caption(md(note.text(screen.language)))


def _sheet(screen: Screen, kept: Upload, seen: Seen, place: int, sheet: SheetPreview) -> None:
    where = f"{sheet.file}, {sheet.sheet}" if sheet.sheet else sheet.file
    with st.container(border=True, key=f"check_{place}"):
        table = md(titles.table(screen, sheet.table))
        st.header(screen.say("sheet_read_as", place=md(where), table=table), anchor=False)
        st.markdown(counts(screen, sheet))
        found = facts(screen, sheet)
        if found:
            st.markdown(f":gray[{md(' · '.join(found))}]")
        means.words(screen, kept, seen.preview.readings[place - 1])
        if sheet.set_aside:
            _aside(screen, kept, seen, place, sheet)
        if sheet.repairs:
            label = screen.say("repairs", n=len(sheet.repairs))
            with st.expander(label, expanded=not sheet.set_aside, key=f"repairs_{place}"):
                _repairs(screen, kept, place, sheet)
        if sheet.notes:
            with st.expander(screen.say("notes", n=len(sheet.notes)), key=f"notes_{place}"):
                for note in sheet.notes:
                    st.caption(md(note.text(screen.language)))


def counts(screen: Screen, sheet: SheetPreview) -> str:
    """Rows read = accepted + set aside + ignored."""
    parts = [
        screen.say("rows_read", n=sheet.rows_read),
        screen.say("rows_accepted", n=sheet.accepted),
        screen.say("rows_aside", n=sheet.set_aside),
        screen.say("rows_ignored", n=sheet.ignored),
    ]
    return " · ".join(parts)


def facts(screen: Screen, sheet: SheetPreview) -> list[str]:
    """Sums by column, and the first and last date."""
    found = [
        screen.say("sum_of", column=titles.column(screen, sheet.table, column),
                   sum=number(screen.language, total, 0 if total == round(total) else 2))
        for column, total in sheet.sums.items()
    ]  # fmt: skip
    if sheet.dates:
        first, last = (date(screen.language, day) for day in sheet.dates)
        found.append(first if first == last else screen.say("dates_range", first=first, last=last))
    return found


def _repairs(screen: Screen, kept: Upload, place: int, sheet: SheetPreview) -> None:
    """What was changed in the cells, each with how often, before and after, and the way to have it left alone."""
    for number_, repair in enumerate(sheet.repairs):
        key = f"repair_{place}_{number_}"
        st.session_state[key] = not repair.off

        def switched(name: str = repair.name, key: str = key) -> None:
            upload.switch(kept, name, off=not st.session_state[key])

        st.checkbox(md(repair.shown(screen.language)), key=key, on_change=switched)


def _aside(screen: Screen, kept: Upload, seen: Seen, place: int, sheet: SheetPreview) -> None:
    """Why rows are set aside, by kind; the rows to correct here; and to take away."""
    for group in sheet.groups[:MOST_GROUPS]:
        said = screen.say("aside_group", n=group.count, column=group.column or "–", row=group.first_row,
                          reason=group.text(screen.language))  # fmt: skip
        st.markdown(f":orange[▲] {md(said)}")
    with st.expander(screen.say("set_aside_rows", n=sheet.set_aside), expanded=True, key=f"aside_{place}"):
        _grid(screen, kept, seen, place, sheet)
    with st.container(horizontal=True, vertical_alignment="center", key=f"take_{place}"):
        _taken(screen, kept, seen, place, sheet)
    st.caption(screen.say("aside_ways"))


def _grid(screen: Screen, kept: Upload, seen: Seen, place: int, sheet: SheetPreview) -> None:
    """The rows set aside as they stand, with why; what is typed into a cell counts from the next reading on."""
    before = corrections.grid(seen.preview, place, MOST_ROWS)
    reasons = {
        row.row_no: row for row in asides.found(seen.preview.cursor, seen.preview.readings[place - 1], MOST_ROWS)
    }
    # The cells at fault stand beside the row's number, so that a narrow screen shows them too.
    first = list(dict.fromkeys(before.columns[group.place] for group in sheet.groups if group.place is not None))
    shown = before[list(dict.fromkeys([*first, *before.columns]))]
    said = [_reason(screen, reasons.get(int(no))) for no in before.index]
    fixed = [f"{screen.say(f'col_{name}')} " for name in ("row", "reason")]  # no heading of a sheet ends in a blank
    shown.insert(len(first), fixed[1], said)
    shown.insert(0, fixed[0], [str(no) for no in before.index])
    with st.form(f"correct_{place}", border=False):
        after = st.data_editor(shown, hide_index=True, disabled=fixed, key=f"grid_{place}_{sheet.set_aside}",
                               column_config={fixed[1]: st.column_config.TextColumn(width="large")})  # fmt: skip
        if st.form_submit_button(screen.say("correct")):
            cells = corrections.from_grid(sheet.sha256, sheet.sheet, before, after[list(before.columns)])
            upload.correct(kept, cells)
            st.rerun()


def _reason(screen: Screen, row: Aside | None) -> str:
    """Why a row is set aside, and what would do instead."""
    if row is None:
        return ""
    said = f"{row.column}: {row.text(screen.language)}"
    hint = row.suggestion
    return f"{said}. {hint.text(screen.language)}" if hint else said


def _taken(screen: Screen, kept: Upload, seen: Seen, place: int, sheet: SheetPreview) -> None:
    """The reader's own workbook with the cells marked; and the rows alone, to send again."""
    path = next((path for path in kept.paths if sheet.file.startswith(path.name)), kept.paths[0])

    def own() -> bytes:
        return marked.of_preview(seen.store, seen.preview, path, screen.language).content

    def rows() -> bytes:
        return marked.to_correct(seen.store, seen.preview, screen.language).content

    stem = path.name.split(".")[0]
    giving.file(screen, screen.say("take_marked"), own, f"{stem}-{screen.say('name_marked')}.xlsx", WORKBOOK,
                key=f"marked_{place}", action="rows", help=screen.say("take_marked_help"))  # fmt: skip
    giving.file(screen, screen.say("take_rows"), rows, f"{stem}-{screen.say('name_rows')}.xlsx", WORKBOOK,
                key=f"rows_{place}", action="rows", help=screen.say("take_rows_help"))  # fmt: skip
