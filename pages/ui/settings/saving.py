"""What an unsaved edit would change, said before it is saved; saving it as a version; discarding it."""

import datetime
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import streamlit as st

from metrics import definitions, scenarios
from metrics import picture as pictures
from metrics.catalogue import indicators
from metrics.figures import figure
from metrics.picture import Picture
from metrics.policy import Policy
from metrics.scenarios import BoardLine
from metrics.store import Scope
from pages.ui import data, door, inputs, recording, state
from pages.ui.screen import Screen
from pages.ui.settings import cells, draft
from pages.ui.settings.controls import said, sentence
from pages.ui.settings.draft import NUMBERS, Draft, word
from pages.ui.text import md

MOST, MOST_CHANGES = 8, 24


def show(screen: Screen, now: Draft, institution: str) -> None:
    """The unsaved edit, if there is one: what is changed, what moves, save and discard."""
    if now.unknown:
        st.warning(md(state.unknown_text(screen.language, now.unknown)))
        _forget(now)
    if not now.open:
        return
    made = changes(screen, now)
    with st.container(border=True, key="unsaved"):
        left, right = st.columns([2, 3], gap="medium")
        with left:
            st.markdown(f"**{said(screen, 'unsaved', n=len(made))}**")
            st.markdown(listing(screen, made, MOST_CHANGES))
        with right:
            for name, wrong in now.faults:
                title = indicators()[name].text(screen.language, "title")
                st.error(md(said(screen, f"fault_{wrong}", name=title)))
            if not now.faults:
                preview(screen, now)
        with st.container(horizontal=True):
            if screen.may("policy"):
                with st.popover(said(screen, "save_open"), type="primary", disabled=bool(now.faults)):
                    _form(screen, now, institution)
            st.button(said(screen, "discard"), key="discard", on_click=draft.discard, help=said(screen, "discard_help"))


def listing(screen: Screen, texts: Sequence[str], most: int = MOST) -> str:
    """Lines as a list, at most so many, and how many more there are."""
    shown = [f"- {md(text)}" for text in texts[:most]]
    return "\n".join([*shown, *([f"- {said(screen, 'and_more', n=len(texts) - most)}"] if len(texts) > most else [])])


def changes(screen: Screen, now: Draft) -> list[str]:
    """Every change as a line: what, from, to."""
    found = [_setting(screen, now, name) for name in now.settings if name not in definitions.PAR]
    if set(now.settings) & set(definitions.PAR):
        pair = [said(screen, f"meaning_{definitions.par30_meaning(p.settings)}") for p in (now.base, now.policy)]
        found.insert(0, said(screen, "change", name=said(screen, "label_par30"), before=pair[0], after=pair[1]))
    approved = draft.approvals(screen.source)
    for (name, column), text in now.lines.items():
        if column == draft.CAP:
            continue
        indicator = indicators()[name]
        what = f"{indicator.text(screen.language, 'short')}, {said(screen, 'grid_' + column).lower()}"
        if column in NUMBERS:
            before, after = draft.line_of(now.base, indicator, column), cells.found(text)
            pair = [cells.shown(screen.language, indicator, line) or "–" for line in (before, after)]
        else:
            pair = [word(approved, {}, name, column) or "–", text or "–"]
        found.append(said(screen, "change", name=what, before=pair[0], after=pair[1]))
    if now.policy.caps != now.base.caps:
        pair = [
            ", ".join(indicators()[name].text(screen.language, "short") for name in one.caps) or "–"
            for one in (now.base, now.policy)
        ]
        found.append(said(screen, "change", name=said(screen, "caps"), before=pair[0], after=pair[1]))
    return found


def _setting(screen: Screen, now: Draft, name: str) -> str:
    if name in definitions.PROVISION:
        pair = [definitions.value_text(name, p.settings[name], screen.language) for p in (now.base, now.policy)]
    else:
        pair = [definitions.said(name, p.settings[name], screen.language) for p in (now.base, now.policy)]
    return said(screen, "change", name=said(screen, f"label_{name}"), before=pair[0], after=pair[1])


def preview(screen: Screen, now: Draft) -> None:
    """Which figures change and by how much, and which colours and ranks of units move."""
    before = screen.picture()
    if before is None:
        st.markdown(said(screen, "preview_no_data"))
        return
    with st.spinner(screen.say("computing")):
        after = drafted(screen, now, before)
        values = _values(screen, now, before)
    if values:
        st.markdown(f"**{said(screen, 'values_change', n=len(values))}**")
        st.markdown(listing(screen, values))
    elif now.settings:
        st.markdown(said(screen, "values_same"))
    moves = scenarios.moved(before, after)
    st.markdown(f"**{md(scenarios.moved_text(moves, before.by, screen.language))}**")
    coloured = [_coloured(screen, one) for one in moves if one.recoloured]
    if coloured:
        st.markdown(listing(screen, coloured))


def _coloured(screen: Screen, one: scenarios.Moved) -> str:
    parts = []
    if one.status[0] != one.status[1]:
        pair = [screen.say(f"status_{status}") for status in one.status]
        parts.append(said(screen, "from_to", before=pair[0], after=pair[1]))
    for name, before, after in one.levels:
        pair = [said(screen, f"level_{level or 'within'}") for level in (before, after)]
        what = indicators()[name].text(screen.language, "short")
        parts.append(said(screen, "change", name=what, before=pair[0], after=pair[1]))
    return said(screen, "unit_changes", name=one.name, changes="; ".join(parts))


def _values(screen: Screen, now: Draft, shown: Picture) -> list[str]:
    with closing(screen.source.store.cursor(screen.scope)) as cursor:
        found = scenarios.changed_values(cursor, now.base.settings, now.policy.settings, shown.as_of)
    texts = []
    for name, before, after in found:
        indicator = indicators()[name]
        pair = [figure(screen.language, indicator, value, shown.currency) for value in (before, after)]
        if pair[0] != pair[1]:
            what = indicator.text(screen.language, "title")
            texts.append(said(screen, "change", name=what, before=pair[0], after=pair[1]))
    return texts


def drafted(screen: Screen, now: Draft, shown: Picture) -> Picture:
    """The picture under the policy that would be saved, at the date and in the part that are shown."""
    # A name with a number in it: such a policy brings all its limits itself.
    named = replace(now.policy, name=f"{now.policy.name.partition('@')[0]}@0")
    return _drafted(screen.source, screen.scope, named, screen.choices, shown.by)


@st.cache_resource(show_spinner=False, max_entries=16)
def _drafted(source: data.Source, scope: Scope, policy: Policy, choices: state.Choices, by: str) -> Picture:
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor:
        return pictures.picture(cursor, policy, as_of=choices.period, by=by, where=where)


def _form(screen: Screen, now: Draft, institution: str) -> None:
    """Name, reason and approval, then save or discard."""
    title = inputs.short_title(now.policy.title_in(screen.language))
    name = st.text_input(said(screen, "name"), title, key="save_name", help=said(screen, "name_help"), max_chars=80)
    note = st.text_input(said(screen, "note"), key="save_note", help=said(screen, "note_help"), max_chars=300)
    by, day = _approval(screen)
    half = bool(by.strip()) != bool(day)
    if half:
        st.error(said(screen, "fault_approval_half", name=said(screen, "policy_word")))
    unfounded = bool(day) and not note.strip()
    if unfounded:
        st.error(md(said(screen, "fault_no_reason")))
    wrong = half or unfounded or not name.strip() or bool(now.faults)
    saved = st.button(said(screen, "save"), key="save", type="primary", disabled=wrong, help=said(screen, "save_help"))
    if saved:
        same = name.strip() == title
        policy = now.policy if same else replace(now.policy, name=scenarios.new_name(name), title=name.strip())
        save(screen, now, policy, note.strip(), (by.strip(), day) if day else None, institution)


def _approval(screen: Screen) -> tuple[str, datetime.date | None]:
    """Who approves and on which day: a role that approves, where people sign in in that person's own name."""
    if not screen.may("approve"):
        return "", None
    by = ""
    if not door.signed_in():
        by = st.text_input(said(screen, "by"), key="save_by", help=said(screen, "by_help"), max_chars=80)
    day = st.date_input(
        said(screen, "on"), None, key="save_on", help=said(screen, "on_help"),
        max_value=datetime.date.today(), format=screen.day_format,
    )  # fmt: skip
    on = day if isinstance(day, datetime.date) else None
    return (recording.who() if door.signed_in() and on else by), on


def save(
    screen: Screen, now: Draft, policy: Policy, note: str, approved: tuple[str, datetime.date] | None, institution: str
) -> None:
    """Keep the version, take the edit out of the address, and show the version from now on."""
    lines = approved_lines(screen, now, institution)
    with st.spinner(screen.say("computing")):
        kept = scenarios.save(screen.source.store, policy, recording.who(), note, approved, lines)
    draft.discard()
    for key in ("social", "themes"):
        state.put(key)
    state.put("policy", kept.name)
    st.session_state["settings_saved"] = (kept.name, len(lines))
    st.rerun()


def approved_lines(screen: Screen, now: Draft, institution: str) -> list[BoardLine]:
    """The limits whose row was edited and has an approver and a day; none where the role approves nothing."""
    if not screen.may("approve"):
        return []
    approved, found = draft.approvals(screen.source), []
    for name in dict.fromkeys(name for name, column in now.lines if column not in ("worst", "best", draft.CAP)):
        source, by, day = (word(approved, now.lines, name, column) for column in draft.WORDS)
        if by and day:
            amber, red = now.policy.limits.get(name, (None, None))
            on = datetime.date.fromisoformat(day)
            who = recording.who() if door.signed_in() else by
            found.append(BoardLine(institution, name, amber, red, source, who, on))
    return found


def _forget(now: Draft) -> None:
    """Take out of the address what it had in vain."""
    for key, text in now.unknown:
        kept = [one for one in st.query_params.get_all(key) if one != text]
        state.put(key, *kept)


def told(screen: Screen) -> None:
    """What has just been saved."""
    saved = st.session_state.pop("settings_saved", None)
    if saved is not None:
        name, lines = saved
        text = said(screen, "saved", title=screen.policy_title(name), name=name)
        st.success(md(f"{text} {said(screen, 'saved_lines', n=lines)}" if lines else text))
    landed = st.session_state.pop("institution_landed", None)
    if landed is not None:
        st.success(said(screen, "institution_landed", batch=str(landed)))
    if screen.source.is_sample:
        st.markdown(f":gray[{sentence(said(screen, 'sample_text'))}]")
