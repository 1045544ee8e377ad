"""Columns that no indicator knows: the reader makes them indicators of the institution's own, watched or scored."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics import own
from metrics.catalogue import indicators
from metrics.errors import EvenkeelError
from metrics.ingest import defining
from metrics.ingest.model import Landed, Plan
from metrics.ingest.offers import Offer, offers
from metrics.own import SUMMED
from metrics.words import number, say
from pages.ui import upload
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.upload import Upload

PARTS = ("%", "points")  # kept as fractions, said in hundredths
COUNTING = ("watched", "scored")


def offer(screen: Screen, kept: Upload, plan: Plan) -> None:
    """What a sheet offers, each column behind a fold with the form that makes it an indicator; then those made."""
    made = chosen(kept, plan)
    headings = {str(one["heading"]) for one in made.values()}
    open_ones = [one for one in offers(plan) if one.heading not in headings]
    if plan.shape == "table" and plan.unused:
        st.caption(say(screen.language, "own.records"))
    if not made and not open_ones:
        return
    with st.container(key=f"own_{print_of(plan)}"):
        if open_ones:
            st.markdown(say(screen.language, "own.offer", n=len(open_ones)))
        for one in open_ones:
            with st.expander(md(say(screen.language, "own.make", heading=one.heading))):
                _form(screen, kept, plan, one)
        for name, given in made.items():
            _made(screen, kept, plan, name, given)


def print_of(plan: Plan) -> str:
    """The fingerprint of the sheet's headings, under which its mapping is kept."""
    return str(plan.mapping.get("fingerprint", ""))


def chosen(kept: Upload, plan: Plan) -> dict[str, dict[str, Any]]:
    """The indicators that the reader has made of the sheet's columns so far, by id."""
    given: Mapping[str, Any] = kept.answers.get("mappings", {}).get(print_of(plan), {})
    return dict(given.get(defining.SECTION, {}))


def policy_of(landed: Landed) -> str | None:
    """The policy that was kept with what is scored from now on, to be shown next; None where nothing is."""
    made = [str(note.params["policy"]) for note in landed.notes if note.key == "own.note_scored"]
    return made[-1] if made else None


def _form(screen: Screen, kept: Upload, plan: Plan, one: Offer) -> None:
    """Name, side, direction, worst and best value, watched or scored; what the data say already stands in it."""
    key = f"own_{print_of(plan)}_{one.place}"
    low, high = (number(screen.language, end, 0 if end == round(end) else 2) for end in (one.low, one.high))
    st.caption(md(say(screen.language, "own.range", low=low, high=high, examples=", ".join(one.examples))))
    title = st.text_input(
        _ask(screen, "name"), one.heading[: own.LONGEST], max_chars=own.LONGEST, key=f"{key}_name",
        help=_help(screen, "name"),
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        pillar = _choice(screen, "pillar", own.PILLARS, key)
        better = _choice(screen, "better", own.BETTER, key)
    with right:
        unit = st.selectbox(
            _ask(screen, "unit"), own.UNITS, own.UNITS.index(one.unit), key=f"{key}_unit",
            format_func=lambda name: _unit(screen, name), help=_help(screen, "unit"),
        )  # fmt: skip
        counting = _choice(screen, "counting", COUNTING, key, 0)
    ends = _ends(one, str(unit), better == "lower")
    with left:
        worst = _number(screen, "worst", ends[0], f"{key}_worst_{unit}_{better}")
    with right:
        best = _number(screen, "best", ends[1], f"{key}_best_{unit}_{better}")
    if unit in SUMMED:
        st.caption(say(screen.language, "own.not_summed"))
    if st.button(say(screen.language, "own.add"), key=f"{key}_add", disabled=not (pillar and better and title)):
        part = 100.0 if unit in PARTS else 1.0
        given = {"heading": one.heading, "title": title, "pillar": pillar, "unit": unit, "better": better,
                 "worst": worst / part, "best": best / part, "scored": counting == "scored"}  # fmt: skip
        _add(screen, kept, plan, one, given)


def _ask(screen: Screen, name: str) -> str:
    return say(screen.language, f"own.ask_{name}")


def _help(screen: Screen, name: str) -> str:
    return say(screen.language, f"own.help_{name}")


def _number(screen: Screen, name: str, value: float, key: str) -> float:
    return float(st.number_input(_ask(screen, name), value=value, key=key, help=_help(screen, name)))


def _choice(screen: Screen, name: str, options: tuple[str, ...], key: str, index: int | None = None) -> str | None:
    """One of a few, with the help that says what each means."""
    return st.radio(
        _ask(screen, name), options, index, key=f"{key}_{name}", horizontal=True,
        format_func=lambda value: say(screen.language, f"own.answer_{value}"),
        help=_help(screen, name),
    )  # fmt: skip


def _unit(screen: Screen, name: str) -> str:
    return screen.say(f"unit_of_{'percent' if name == '%' else name}")


def _ends(one: Offer, unit: str, lower: bool) -> tuple[float, float]:
    """Worst and best as the data have them: their least and greatest figure, in hundredths for a share."""
    times = 100.0 if unit in PARTS and one.shares and not one.percent else 1.0
    low, high = (round(end * times, 4) for end in (one.low, one.high))
    return (high, low) if lower else (low, high)


def _add(screen: Screen, kept: Upload, plan: Plan, one: Offer, given: dict[str, Any]) -> None:
    """Keep the definition among the upload's answers, where it is sound."""
    made = chosen(kept, plan)
    if given["scored"] and not screen.source.is_sample:
        given["policy"] = screen.choices.policy
    # An id keeps its meaning: one that was withdrawn comes back as what it was, or another id is taken.
    taken = [*indicators(), *made]
    names = [own.suggested(str(given["title"]), [*taken, *more]) for more in ((), (w.id for w in own.withdrawn()))]
    for name in names:
        try:
            defining.read({name: given}, one.heading)
        except EvenkeelError as error:
            if error.key == "own.other_definition" and name != names[-1]:
                continue
            st.error(md(error.text(screen.language)))
            return
        _keep(kept, plan, {**made, name: given})
        st.rerun()


def _made(screen: Screen, kept: Upload, plan: Plan, name: str, one: Mapping[str, Any]) -> None:
    """One that is made and lands with the file, and the way back."""
    counting = say(screen.language, f"own.answer_{'scored' if one.get('scored') else 'watched'}")
    said = say(screen.language, "own.made", heading=str(one["heading"]), title=str(one["title"]), counting=counting)
    with st.container(horizontal=True, vertical_alignment="center", key=f"own_made_{print_of(plan)}_{name}"):
        st.markdown(md(said), width="content")
        rest = {key: other for key, other in chosen(kept, plan).items() if key != name}
        st.button(say(screen.language, "own.back"), key=f"own_back_{print_of(plan)}_{name}", type="tertiary",
                  on_click=_keep, args=(kept, plan, rest))  # fmt: skip


def _keep(kept: Upload, plan: Plan, made: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep the indicators made of a sheet beside what else is kept of it."""
    before = kept.answers.get("mappings", {}).get(print_of(plan), {})
    rest = {key: value for key, value in before.items() if key != defining.SECTION}
    after = {**rest, **({defining.SECTION: dict(made)} if made else {})}
    upload.answer_mapping(kept, print_of(plan), after or None)
