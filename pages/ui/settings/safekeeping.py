"""Safekeeping: the last backup, one more now, how long what is kept, and what goes when."""

import datetime
from contextlib import closing
from pathlib import Path

import streamlit as st

from metrics import access, backup, backups, retention
from metrics.backups import Backup
from metrics.configuration import configuration
from metrics.errors import EvenkeelError
from metrics.store import Store
from metrics.words import date, number, say
from pages.ui import data, work
from pages.ui.screen import Screen
from pages.ui.settings.activity_rows import moment
from pages.ui.text import md, sentences

JOB = "backup"
OLD = 8  # days after which a backup is called old
SHOWN = 20
LIMITS = ("staging_days", "backup_days", "taken_out_days")


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text about backups, in the reader's language."""
    return say(screen.language, f"backup.{name}", **params)


def show(screen: Screen) -> None:
    """The last backup and the button for one more, then the days for which things are kept."""
    access.need("backup")
    if not Store.exists(data.folder()):
        st.info(said(screen, "nothing"))
        return
    store = data.control()
    _last(screen, store)
    _button(screen, store)
    _kept(screen, store)


def _last(screen: Screen, store: Store) -> None:
    folder = store.path.parent
    found = backups.known(folder)
    place = md(str(backups.folder(folder).resolve()))
    if not found:
        st.warning(said(screen, "page_never", folder=place), icon=":material/warning:")
    else:
        _newest(screen, found, place)
    with closing(store.cursor()) as cursor:
        others = backups.elsewhere(cursor)
    if others:
        st.markdown(f":gray[{said(screen, 'page_elsewhere', folders=md(', '.join(others)))}]")


def _newest(screen: Screen, found: list[Backup], place: str) -> None:
    """When the last one was made, how old and large it is, and whether that is too old."""
    last = found[0]
    days = (_now() - last.made_at).days
    told = said(
        screen, "page_last", when=moment(screen.language, last.made_at), n=days, days=number(screen.language, days),
        mb=number(screen.language, last.bytes // 10**6 + 1), batches=number(screen.language, last.told["batches"]),
        folder=place, all=number(screen.language, len(found)),
    )  # fmt: skip
    if days >= OLD:
        st.warning(f"{told} {said(screen, 'page_old')}", icon=":material/warning:")
    else:
        st.markdown(told)


def _button(screen: Screen, store: Store) -> None:
    """One more backup, made beside the page; what came of it is told until the next one."""
    st.markdown(f":gray[{said(screen, 'page_secret')}]")
    if st.button(said(screen, "page_now"), key="backup_now", type="primary"):
        work.drop(JOB)
        work.start(JOB, _now(), lambda: backup.make(store))
    job = work.running(JOB)
    if job is None or not work.waited(screen, JOB, job):
        return
    try:
        made: Backup = job.future.result()
        st.success(said(screen, "page_made", name=md(made.path.name), figures=len(made.told["figures"])))
    except EvenkeelError as error:
        st.error(sentences(screen.language, error))


def _kept(screen: Screen, store: Store) -> None:
    """How long each kind of thing is kept, and what is taken away when."""
    settings = configuration()
    st.subheader(said(screen, "page_kept"), anchor=False)
    for name in LIMITS:
        days = getattr(settings, name)
        st.markdown(said(screen, f"page_{name}" if days else f"page_{name}_never", n=days))
    st.markdown(f":gray[{said(screen, 'page_settings')}]")
    coming = retention.coming(store)
    if not coming:
        st.markdown(said(screen, "page_nothing_due"))
        return
    st.markdown(said(screen, "page_due", n=len(coming)))
    rows = [
        {
            said(screen, "page_kind"): said(screen, f"kind_{one.kind}"),
            said(screen, "page_name"): Path(one.name).name,
            said(screen, "page_on"): date(screen.language, max(one.on, _now()).date()),
        }
        for one in coming[:SHOWN]
    ]
    st.dataframe(rows, hide_index=True, width="stretch")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
