"""Narrowing a list by what its rows have; what is chosen stands in the address, so that a refresh shows the same."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui import state

KEY = "filter"  # in the address as often as there are choices, each NAME:VALUE


def by(
    name: str, known: Sequence[str], label: str, title: Callable[[str], str], every: str, key: str,
    width: int | str = "stretch",
) -> str | None:  # fmt: skip
    """Ask for one value of a field; returns it, or None for every value.

    Args:
        known: the values among the rows; one of the address that is none of them narrows nothing, and stays there.
        every: what stands in the box where nothing is chosen.
        key: of the widget.
    """
    wanted = chosen().get(name)
    st.session_state[key] = wanted if wanted in known else None
    st.selectbox(label, known, index=None, format_func=title, key=key, placeholder=every, width=width,
                 on_change=lambda: _put(name, st.session_state[key]))  # fmt: skip
    return st.session_state[key]


def chosen() -> dict[str, str]:
    """Field -> value, as the address has it."""
    parts = (text.partition(":") for text in st.query_params.get_all(KEY))
    return {name: value for name, _, value in parts}


def _put(name: str, value: str | None) -> None:
    found = {**chosen(), name: value}
    state.put(KEY, *(f"{one}:{wanted}" for one, wanted in found.items() if wanted is not None))
