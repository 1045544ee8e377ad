"""One control for each definition, with what it changes; each writes into the address."""

from contextlib import closing

import streamlit as st

from metrics import definitions
from metrics.policy_toml import SETTINGS
from metrics.words import say
from pages.ui import data
from pages.ui.screen import Screen
from pages.ui.settings import draft
from pages.ui.settings.draft import Draft
from pages.ui.text import md

GROUPS = {
    "late": ("par30",),
    "clients": ("retention", "overindebted_line", "complaint_days", "caseload_limit"),
    "reach": ("small_loan_line", "large_loan_line", "poverty_line"),
    "time": ("two_point_averages", "annualised", "fiscal_year_start"),
    "price": ("rate_cap",),
}
LEFT = ("late", "time")


def show(screen: Screen, now: Draft) -> None:
    """Every definition of the policy, by what it is about, and the provision table."""
    st.markdown(said(screen, "definitions_text"))
    with st.container(key="sections_definitions"):
        places = dict(zip((True, False), st.columns(2, gap="large"), strict=True))
    for group, names in GROUPS.items():
        with places[group in LEFT]:
            st.header(said(screen, f"group_{group}"), anchor=False)
            for name in names:
                _control(screen, now, name)
            if group == "late":
                _provision(screen, now)


def _provision(screen: Screen, now: Draft) -> None:
    """The provision table: a share for each class of days late."""
    st.header(said(screen, "group_provision"), anchor=False)
    st.markdown(f":gray[{said(screen, 'provision_text')}]")
    for pair in zip(definitions.PROVISION[::2], definitions.PROVISION[1::2], strict=True):
        for place, name in zip(st.columns(2), pair, strict=True):
            with place:
                _share(screen, now, name, 1.0)


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text of the page, in the reader's language."""
    return say(screen.language, f"settings.{name}", **params)


def _control(screen: Screen, now: Draft, name: str) -> None:
    if name == draft.PAR30:
        _meaning(screen, now)
    elif definitions.kind(name) == "choice":
        _choice(screen, now, name)
    elif definitions.kind(name) == "yes_no":
        _choice(screen, now, name, (True, False))
    elif name == "caseload_limit":
        _keep(name, now.policy.settings[name])
        st.number_input(_label(screen, name), 1, 5000, step=10, **_put(screen, name))
    elif name == "poverty_line":
        _poverty(screen, now)
    else:
        _share(screen, now, name, 5.0)


def _meaning(screen: Screen, now: Draft) -> None:
    known = list(definitions.MEANINGS)
    meaning = definitions.par30_meaning(now.policy.settings)
    known += [meaning] if meaning not in known else []
    _keep(draft.PAR30, meaning)
    st.radio(
        _label(screen, draft.PAR30),
        known,
        format_func=lambda one: said(screen, f"meaning_{one}"),
        **_put(screen, draft.PAR30),
    )


def _choice(screen: Screen, now: Draft, name: str, options: tuple[object, ...] = ()) -> None:
    _keep(name, now.policy.settings[name])
    st.selectbox(
        _label(screen, name),
        options or definitions.options(name),
        format_func=lambda value: sentence(definitions.said(name, value, screen.language)),
        **_put(screen, name),
    )


def _poverty(screen: Screen, now: Draft) -> None:
    """The lines of the scorecard that is loaded, or none to choose from."""
    value = str(now.policy.settings["poverty_line"])
    known = ["", *_lines(screen.source)]
    known += [value] if value not in known else []
    _keep("poverty_line", value)
    st.selectbox(
        _label(screen, "poverty_line"),
        known,
        format_func=lambda line: line or sentence(said(screen, "said_poverty_line_none")),
        **_put(screen, "poverty_line"),
    )


@st.cache_data(show_spinner=False, max_entries=16)
def _lines(source: data.Source) -> list[str]:
    with closing(source.store.cursor()) as cursor:
        sql = "SELECT line FROM v_ppi_lookups GROUP BY line ORDER BY min(line_no), line"
        return [str(row[0]) for row in cursor.execute(sql).fetchall()]


def _share(screen: Screen, now: Draft, name: str, most: float) -> None:
    """A share, given in percent."""
    _keep(name, round(100 * float(str(now.policy.settings[name])), 6))
    st.number_input(_label(screen, name), 0.0, 100 * most, step=1.0, format="%.4g", **_put(screen, name, 100))


def _label(screen: Screen, name: str) -> str:
    """A definition's name; a number is asked with its unit."""
    return said(screen, f"ask_{name}" if name in ("caseload_limit", "rate_cap") else f"label_{name}")


def _put(screen: Screen, name: str, scale: int = 1) -> dict[str, object]:
    """Key, help and what happens at a change, as every control has them."""
    names = definitions.PAR if name == draft.PAR30 else (name,)
    used = ", ".join(md(one.text(screen.language, "title")) for one in definitions.readers(names))
    changes = said(screen, "changes", names=used) if used else said(screen, "changes_none")
    help_text = f"{said(screen, 'help_' + _family(name))} {changes}"
    return {"key": f"s_{name}", "help": help_text, "on_change": _changed, "args": (name, scale),
            "disabled": not screen.may("policy")}  # fmt: skip


def _family(name: str) -> str:
    return "provision" if name in definitions.PROVISION else name


def _keep(name: str, value: object) -> None:
    """The draft is the truth; the widget follows it."""
    st.session_state[f"s_{name}"] = value


def _changed(name: str, scale: int) -> None:
    value = st.session_state[f"s_{name}"]
    if value is None:
        return
    if name in SETTINGS and isinstance(SETTINGS[name], float):
        value = round(float(value) / scale, 9)
    draft.put_setting(name, value)


def sentence(text: str) -> str:
    """A part of a sentence as the beginning of one."""
    return text[:1].upper() + text[1:]
