"""What it takes: each figure alone or several together, whether it was ever done, and what it means in money."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from metrics import conversions, phrases, targets, whatif
from metrics.findings import shown
from metrics.picture import Picture, Unit, at_rows
from metrics.seeking import value_at
from metrics.targets import Goal, Way, Ways
from metrics.together import together
from metrics.words import date, say
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.why import held

OPEN = 5  # figures that stand open; the others are a click away
EFFORTS = (1, 2, 3, 4, 5)


def show(screen: Screen, picture: Picture, unit: Unit) -> None:
    """The target, the finding, each figure alone, and those that are ticked together."""
    goal = _goal(screen, picture, unit)
    found = targets.to_reach(picture, unit, goal) if goal else None
    if goal is None or found is None:
        st.markdown(say(screen.language, "why.none_health"))
        return
    both = targets.shared(picture, unit, goal, found.ways[:2]) if len(found.ways) > 1 else ()
    said = phrases.takes(
        screen.language, goal, unit, found, both, lambda name: held.named(screen, name), picture.currency
    )
    st.markdown(f"**{md(said)}**")
    if found.ways:
        first = whatif.tried(picture, unit, {found.ways[0].indicator: found.ways[0].after})
        rest = phrases.still(screen.language, goal, first)
        if rest:
            st.markdown(md(rest))
    _together(screen, picture, unit, goal, found)
    _alone(screen, picture, unit, found)
    if found.short:
        with st.expander(say(screen.language, "why.not_enough", n=len(found.short))):
            for indicator, now, best, reach in found.short:
                _short(screen, picture, goal, indicator, (now, best, reach))


def _alone(screen: Screen, picture: Picture, unit: Unit, found: Ways) -> None:
    """The figures that are each enough alone, the first ones open."""
    if found.ways:
        st.markdown(f":gray[{say(screen.language, 'why.alone', n=len(found.ways))}]")
    for way in found.ways[:OPEN]:
        _way(screen, picture, unit, way)
    if len(found.ways) > OPEN:
        with st.expander(say(screen.language, "why.others_enough", n=len(found.ways) - OPEN)):
            for way in found.ways[OPEN:]:
                _way(screen, picture, unit, way)


def _goal(screen: Screen, picture: Picture, unit: Unit) -> Goal | None:
    """The target chosen; one's own is typed."""
    language, known = screen.language, {goal.name: goal for goal in targets.goals(picture, unit)}
    if not known:
        return None

    def label(name: str) -> str:
        goal = known[name]
        health = say(language, f"pages.side_{goal.health}")
        return say(language, f"why.goal_{name}", health=health, target=shown(goal.target))

    with st.container(horizontal=True, vertical_alignment="center", key="takes_choices"):
        name = str(list(known)[0])
        if len(known) > 1:
            name = str(st.segmented_control(
                say(language, "why.goal_label"), list(known), key=f"takes_goal_{unit.id}", default=name, required=True,
                format_func=label, label_visibility="collapsed", wrap=True,
            ))  # fmt: skip
        if name != "typed":
            return known[name]
        own = known[name]
        at = st.number_input(
            say(language, "why.typed_label", health=say(language, f"why.health_{own.health}")), 0, 100,
            int(own.target), key=f"takes_typed_{unit.id}", width=220,
        )  # fmt: skip
    return Goal("typed", own.health, float(at))


def _way(screen: Screen, picture: Picture, unit: Unit, way: Way) -> None:
    """One figure that is enough alone: now and then, whether it was ever done, and what it means."""
    language = screen.language
    leaf = [one.indicator for one in picture.scores.policy.leaves].index(way.indicator)
    with st.container(key=f"driver_takes_{way.indicator}", gap=None):
        before, after = (phrases.value_text(language, way.indicator, one, picture.currency)
                         for one in (way.before, way.after))  # fmt: skip
        text = say(language, "why.item", name=md(held.label(screen, way.indicator)), before=md(before), after=md(after))
        _tick(screen, unit, way.indicator, text)
        names = {one.id: one.name for one in picture.units}
        said = phrases.pace(
            language, held.moves(screen, picture), leaf, way, names, picture.by, picture.currency
        )
        if said:
            st.markdown(f":gray[{md(said)}]")
        amounts(screen, picture, unit, way.indicator, (way.before, way.after))


def _short(screen: Screen, picture: Picture, goal: Goal, indicator: str, at: tuple[float, float, float]) -> None:
    """One figure that is not enough even at its best."""
    language, (now, best, reach) = screen.language, at
    with st.container(key=f"driver_short_{indicator}", gap=None):
        texts = [phrases.value_text(language, indicator, one, picture.currency) for one in (now, best)]
        name, health = held.label(screen, indicator), say(language, f"pages.side_{goal.health}")
        said = {"name": name, "before": texts[0], "best": texts[1], "health": health, "reach": shown(reach)}
        st.markdown(md(say(language, "why.best_reach", **said)))


def _tick(screen: Screen, unit: Unit, indicator: str, text: str) -> None:
    """The name as a box to tick, with an effort once it is ticked."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        key = f"takes_{unit.id}_{indicator}"
        if st.checkbox(text, key=key, width="content"):
            st.segmented_control(
                say(screen.language, "why.effort"), EFFORTS, default=3, required=True, key=f"{key}_effort",
                help=say(screen.language, "why.effort_help"), width="content",
            )  # fmt: skip


def _together(screen: Screen, picture: Picture, unit: Unit, goal: Goal, found: Ways) -> None:
    """The figures that are ticked, moved together with the least total effort."""
    ticked = [way for way in found.ways if st.session_state.get(f"takes_{unit.id}_{way.indicator}")]
    if len(ticked) < 2:
        return
    language = screen.language
    efforts = [float(st.session_state.get(f"takes_{unit.id}_{way.indicator}_effort") or 3) for way in ticked]
    with st.container(key="takes_together"):
        st.header(say(language, "why.together_title"), anchor=False)
        for way, after in zip(ticked, _least(picture, unit, goal, ticked, efforts), strict=True):
            texts = [phrases.value_text(language, way.indicator, one, picture.currency) for one in (way.before, after)]
            name = md(held.label(screen, way.indicator))
            if texts[0] == texts[1]:
                st.markdown(say(language, "why.together_stays", name=name, value=md(texts[0])))
                continue
            st.markdown(say(language, "why.item", name=name, before=md(texts[0]), after=md(texts[1])))
            amounts(screen, picture, unit, way.indicator, (way.before, after), "both")


def _least(
    picture: Picture, unit: Unit, goal: Goal, ticked: Sequence[Way], efforts: Sequence[float]
) -> list[float]:
    """The values of several figures that reach the goal with the least total effort; any one alone could reach it."""
    scores = at_rows(picture.scores, [picture.scored.index(unit.id)])
    leaves = [leaf.indicator for leaf in scores.policy.leaves]
    places = [leaves.index(way.indicator) for way in ticked]
    needed = together(scores, goal.target / 100, places, efforts, targets.NODES[goal.health]).needed[0]
    stays = np.abs(needed - scores.z[0, places]) < 1e-9
    return [
        way.before if stay else value_at(scores.policy.leaves[place], float(z), way.before)
        for way, place, z, stay in zip(ticked, places, needed, stays, strict=True)
    ]


def amounts(
    screen: Screen, picture: Picture, unit: Unit, indicator: str, ends: tuple[float, float], where: str = "alone"
) -> None:
    """A change in money and people, what it rests on one click away; nothing where no conversion exists."""
    language, behind = screen.language, held.behind_of(screen, picture, unit, indicator)
    found = conversions.converted(indicator, *ends, behind)
    said = conversions.amounts_text(language, found, picture.currency)
    if not said:
        return
    with st.popover(md(said), type="tertiary", key=f"rests_{where}_{indicator}"):
        st.markdown(f"**{say(language, 'why.assumption')}**")
        day = date(language, picture.as_of)
        for amount in found:
            st.markdown(md(conversions.assumption(language, amount, behind, picture.currency, day)))
