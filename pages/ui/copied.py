"""The quiet line of a process that reads a copy: of when the figures are, and that nothing is changed here."""

import datetime

import streamlit as st

from metrics.words import date, say
from pages.ui import data


def line(language: str) -> None:
    """Say of when the copy is, where one is read."""
    found = data.copy()
    if found is not None:
        at = datetime.datetime.fromisoformat(found.found.made_at)
        told = say(language, "backup.copy_line", date=date(language, at.date()), time=f"{at:%H:%M:%S}")
        st.caption(told)
