"""Activity: who did what, when, from what to what; whether the account holds; whose seal a document bears."""

import datetime
from contextlib import closing

import streamlit as st

from metrics import access, accounts
from metrics.accounts import Wanted
from metrics.activity import Entry
from metrics.errors import EvenkeelError
from metrics.store import Store
from metrics.words import number
from pages.ui import account, excel, menu, state
from pages.ui.screen import Screen
from pages.ui.settings import activity_rows as rows
from pages.ui.text import md, sentences

EACH = 25
CHECKED, PLACE = "activity_checked", "activity_place"
# Where what an entry is about can be looked at: the page of a kind of record, and of all else.
OF_RECORDS = {"risk": "warnings", "limit": "warnings", "breach": "warnings", "shock": "warnings", "pack": "board",
              "comment": "board", "disclosure": "board", "disclosure_form": "board"}  # fmt: skip
FIELDS = ("who", "what", "since", "until", "text")


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text of the account, in the reader's language."""
    return rows.said(screen.language, name, **params)


def show(screen: Screen) -> None:
    """The check and the seals above, then what is asked for, the newest first."""
    access.need("activity")
    store = account.store(screen.source)
    st.markdown(said(screen, "intro"))
    with closing(store.cursor()) as cursor:
        found, total = accounts.page(cursor, Wanted(), 0, 1)
        people, kinds = accounts.people(cursor), accounts.kinds(cursor)
    if not total:
        st.info(said(screen, "empty"))
        return
    _whole(screen, store, found[0], total)
    wanted = _wanted(screen, people, kinds)
    _list(screen, store, wanted)


def _whole(screen: Screen, store: Store, newest: Entry, total: int) -> None:
    """Whether every entry holds, checked when it is asked for; and a field for a seal that a document bears."""
    n, no = (number(screen.language, one) for one in (total, newest.no))
    with st.container(horizontal=True, vertical_alignment="center", key="activity_check"):
        st.markdown(said(screen, "newest", n=n, no=no, seal=rows.seal(newest)), width="content")
        asked = st.button(said(screen, "check"), key="activity_check_now", help=said(screen, "check_help"))
        place = st.popover(said(screen, "seal_title"), key="activity_seal_open")
    if asked:
        st.session_state[CHECKED] = _checked(screen, store), datetime.datetime.now(datetime.UTC)
    if CHECKED in st.session_state:
        _found(screen, *st.session_state[CHECKED])
    with place:
        printed = st.text_input(said(screen, "seal_field"), key="activity_seal", max_chars=80,
                                help=said(screen, "seal_help"))  # fmt: skip
        if printed:
            _seal(screen, store, printed)


def _checked(screen: Screen, store: Store) -> accounts.Checked:
    """Look at every entry, and show how far that is."""
    bar = st.progress(0.0)

    def at(place: int, n: int) -> None:
        there, all_ = (number(screen.language, one) for one in (place, n))
        bar.progress(min(place / max(n, 1), 1.0), said(screen, "checking", at=there, n=all_))

    with closing(store.cursor()) as cursor:
        found = accounts.check(cursor, at)
    bar.empty()
    return found


def _found(screen: Screen, found: accounts.Checked, at: datetime.datetime) -> None:
    when = rows.moment(screen.language, at)
    if found.broken is not None:
        st.error(said(screen, "broken", no=number(screen.language, found.broken), when=when))
        return
    seal = rows.seal(found.head) if found.head else "–"
    st.success(said(screen, "holds", n=number(screen.language, found.total), seal=seal, when=when))


def _seal(screen: Screen, store: Store, printed: str) -> None:
    """Which entry has the seal that somebody typed."""
    try:
        with st.spinner(screen.say("computing")), closing(store.cursor()) as cursor:
            one = accounts.of_seal(cursor, printed)
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))
        return
    when = rows.moment(screen.language, one.at)
    st.success(md(said(screen, "seal_of", no=number(screen.language, one.no), when=when, who=one.who)))


def _wanted(screen: Screen, people: list[str], kinds: list[str]) -> Wanted:
    """The filters; a batch is asked for by the address, from where its rows are shown."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="activity_filters"):
        who = st.selectbox(said(screen, "filter_who"), ["", *people], key="activity_who", on_change=_first, width=220,
                           format_func=lambda one: one or said(screen, "everyone"))  # fmt: skip
        what = st.selectbox(said(screen, "filter_what"), ["", *kinds], key="activity_what", on_change=_first, width=220,
                            format_func=lambda one: said(screen, f"what_{one}" if one else "everything"))  # fmt: skip
        look = {"value": None, "format": screen.day_format, "on_change": _first, "width": 150}
        since = st.date_input(said(screen, "filter_since"), key="activity_since", **look)
        until = st.date_input(said(screen, "filter_until"), key="activity_until", **look)
        text = st.text_input(
            said(screen, "filter_text"), key="activity_text", max_chars=80, on_change=_first, width=220
        )
    asked = state.given("batch")
    batch = int(asked) if asked and asked.isdigit() and len(asked) < 10 else None
    return Wanted(who, what, batch, since, until, str(text or ""))


def _first() -> None:
    """Other filters begin at the newest entry."""
    st.session_state[PLACE] = 0


def _list(screen: Screen, store: Store, wanted: Wanted) -> None:
    place = int(st.session_state.get(PLACE, 0))
    with closing(store.cursor()) as cursor:
        found, total = accounts.page(cursor, wanted, place, EACH)
    with st.container(key="activity_head", horizontal=True, vertical_alignment="center"):
        batch = f" :gray[{said(screen, 'by_batch', batch=wanted.batch)}]" if wanted.batch is not None else ""
        st.header(f"{said(screen, 'list_title', n=total)}{batch}", anchor=False, width="content")
        if wanted.batch is not None:
            st.button(
                said(screen, "all_batches"), key="activity_all", type="tertiary", on_click=state.put, args=("batch",)
            )
        language = screen.language

        def taken() -> list[excel.Sheet]:
            with closing(store.cursor()) as reading:
                return [rows.sheet(language, accounts.page(reading, wanted, 0, total)[0])]

        excel.button(screen, "activity", taken, "activity_excel")
    if not found:
        st.markdown(said(screen, "none_found"))
        return
    with st.container(key="activity_list", gap=None):
        for one in found:
            _entry(screen, one)
    _pages(screen, place, len(found), total)


def _entry(screen: Screen, one: Entry) -> None:
    """One entry: what, to what, by whom, when; opened: every field before and after."""
    language = screen.language
    what, about = said(screen, f"what_{one.what}"), rows.subject(language, one)
    by = said(screen, "by", who=one.who, role=rows.role(language, one))
    named = "" if about == one.who else f" {md(about[:80])}"
    label = f"**{md(what)}**{named} :gray[{md(by)} · {rows.moment(language, one.at)}]"
    with st.expander(label, key=f"activity_{one.no}", on_change="rerun") as opened:
        if opened.open:
            _fields(screen, one)


def _fields(screen: Screen, one: Entry) -> None:
    found = rows.changes(screen.language, one)
    heads = [said(screen, f"col_{name}") for name in ("field", "before", "after")]
    if found:
        columns = zip(*[[md(cell[:300]) for cell in line] for line in found[: rows.MOST]], strict=True)
        st.table(dict(zip(heads, map(list, columns), strict=True)), border="horizontal", hide_index=True,
                 alt=said(screen, f"what_{one.what}"))  # fmt: skip
    else:
        st.markdown(said(screen, "no_details"))
    if len(found) > rows.MOST:
        st.caption(said(screen, "more_fields", n=len(found) - rows.MOST))
    st.caption(said(screen, "details", no=number(screen.language, one.no), seal=one.sealed))
    _way(screen, one)


def _way(screen: Screen, one: Entry) -> None:
    """To what the entry is about, where the reader's role opens that page."""
    if one.what in ("policy", "weights", "limits"):
        st.button(said(screen, "see_policy"), key=f"activity_policy_{one.no}", type="tertiary", on_click=state.put,
                  args=("part", "policies"))  # fmt: skip
        return
    if one.batch is not None:
        menu.link("data", label=said(screen, "see_batch"))
    elif one.what == "record":
        menu.link(OF_RECORDS.get(one.subject.partition(" ")[0], "voices"), label=said(screen, "see_record"))


def _pages(screen: Screen, place: int, shown: int, total: int) -> None:
    """The way to newer and to older entries."""
    if total <= EACH:
        return
    first, last, n = (number(screen.language, one) for one in (place + 1, place + shown, total))
    with st.container(horizontal=True, vertical_alignment="center", key="activity_pages"):
        st.button(said(screen, "newer"), key="activity_newer", disabled=place == 0, on_click=_move, args=(-EACH,))
        st.button(said(screen, "older"), key="activity_older", disabled=place + shown >= total, on_click=_move,
                  args=(EACH,))  # fmt: skip
        st.caption(said(screen, "range", first=first, last=last, n=n), width="content")


def _move(by: int) -> None:
    st.session_state[PLACE] = max(0, int(st.session_state.get(PLACE, 0)) + by)
