"""Whose figures these are: name, country, region, legal form, currency. Saved as a batch, so that it can be undone."""

from contextlib import closing

import streamlit as st

from metrics import activity, peers, typed
from metrics.activity import Event
from metrics.store import Cursor
from metrics.words import say
from pages.ui import data, recording
from pages.ui.screen import Screen
from pages.ui.settings.controls import said
from pages.ui.text import md

FIELDS = ("institution_name", "country", "region", "legal_status", "currency")
# The groups of published peers, so that an institution finds its own.
REGIONS = (
    "africa", "east_asia_pacific", "europe_central_asia", "latin_america_caribbean", "middle_east_north_africa",
    "south_asia",
)  # fmt: skip
FORMS = ("bank", "cooperative", "nbfi", "ngo")


@st.cache_data(show_spinner=False, max_entries=16)
def known(source: data.Source) -> dict[str, dict[str, str]]:
    """Every institution of the data: id -> its fields, empty where unknown."""
    with closing(source.store.cursor()) as cursor:
        rows = cursor.execute(
            """SELECT institution_id, institution_name, country, region, legal_status, currency
            FROM v_institutions ORDER BY institution_name"""
        ).fetchall()
    return {row[0]: dict(zip(FIELDS, [text or "" for text in row[1:]], strict=True)) for row in rows}


def chosen(screen: Screen) -> str:
    """The institution whose limits and fields are edited; empty where there is none yet."""
    found = list(known(screen.source))
    asked = st.session_state.get("settings_institution")
    return asked if asked in found else found[0] if found else ""


def show(screen: Screen) -> None:
    """The form; what it holds is kept only by its button."""
    found = known(screen.source)
    if not found:
        st.markdown(said(screen, "no_institution"))
        return
    name = chosen(screen)
    if len(found) > 1:
        name = st.selectbox(
            said(screen, "which"), list(found), index=list(found).index(name), key="settings_institution",
            format_func=lambda one: found[one]["institution_name"], help=said(screen, "which_help"),
        )  # fmt: skip
    now = found[name]
    with st.form(f"institution_{name}", border=False):
        left, right = st.columns(2)
        with left:
            given = {"institution_name": _text(screen, "institution_name", now)}
            given["country"] = _text(screen, "country", now)
            given["currency"] = _text(screen, "currency", now)
        with right:
            given["region"] = _pick(screen, "region", now, REGIONS)
            given["legal_status"] = _pick(screen, "legal_status", now, FORMS)
        can = screen.may("upload")
        sent = can and st.form_submit_button(said(screen, "institution_save"), type="primary", key="institution_save")
    if sent:
        _land(screen, name, given, now)


def _text(screen: Screen, field: str, now: dict[str, str]) -> str:
    label, note = said(screen, f"field_{field}"), said(screen, f"field_{field}_help")
    return str(st.text_input(label, now[field], help=note, max_chars=120, key=_key(screen, field)) or "").strip()


def _key(screen: Screen, field: str) -> str:
    """A field's key; once it is saved, the field begins anew with what was kept."""
    return f"f_{field}_{screen.source.epoch}"


def _pick(screen: Screen, field: str, now: dict[str, str], codes: tuple[str, ...]) -> str:
    """One of the groups of published peers, kept by its English name, or words of one's own."""
    kind = "legal_form" if field == "legal_status" else field
    mine = peers.code(kind, now[field]) if now[field] else None
    named = {say("en", f"peers.group_{code}"): say(screen.language, f"peers.group_{code}") for code in codes}
    if mine in codes:  # a group under a name of its own stays as it is written, and is shown as all others are
        named = {name: text for name, text in named.items() if peers.code(kind, name) != mine}
        named[now[field]] = say(screen.language, f"peers.group_{mine}")
    options = list(dict.fromkeys(["", *named, *filter(None, [now[field]])]))
    value = st.selectbox(
        said(screen, f"field_{field}"), options, index=options.index(now[field]), key=_key(screen, field),
        help=said(screen, f"field_{field}_help"), accept_new_options=True,
        format_func=lambda one: named.get(one, one) or "–",
    )  # fmt: skip
    return str(value or "").strip()


def _land(screen: Screen, name: str, given: dict[str, str], now: dict[str, str]) -> None:
    """Keep the fields as a batch of their own, or say what is wrong with them."""
    given["currency"] = given["currency"].upper()
    if not given["institution_name"]:
        st.error(said(screen, "fault_no_name"))
    elif given["currency"] and not (given["currency"].isalpha() and len(given["currency"]) == 3):
        st.error(md(said(screen, "fault_currency", value=given["currency"])))
    elif given == now:
        st.info(said(screen, "institution_same"))
    else:
        row = {field: text or None for field, text in given.items()}
        differing = [field for field in FIELDS if given[field] != now[field]]
        before, after = ({field: told[field] for field in differing} for told in (now, given))

        def entered(cursor: Cursor, number: int) -> None:
            activity.add(cursor, Event("settings", name, before, after, number), recording.who())

        batch = typed.land_rows(screen.source.store, recording.who(), name, "institutions", [row], entered)
        st.session_state["institution_landed"] = batch
        st.rerun()
