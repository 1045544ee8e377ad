"""What the board decided, and what became of it."""

from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from metrics import actions, decisions, effects
from metrics.actions import Action
from metrics.catalogue import indicators
from metrics.decisions import DECISION, Decision, Meeting
from metrics.figures import figure
from metrics.words import date, percent
from pages.ui import recording, state
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_decide, act_form, act_one, act_words
from pages.ui.voices.act_decide import told

FIRST = 2  # meetings that are shown before the older ones are asked for


def listed(screen: Screen) -> list[Meeting]:
    """The board's meetings up to the day shown, the newest first; the filter of branches is not asked."""
    with closing(screen.source.store.cursor()) as cursor:
        return decisions.meetings(decisions.listed(cursor), act_words.day(screen))


def headline(screen: Screen) -> str:
    """What became of the decisions that are not done, over all meetings."""
    until = act_words.day(screen)
    found = [one for meeting in listed(screen) for one in meeting.decisions]
    waiting = [one for one in found if one.status(until) != "done"]
    late = sum(one.status(until) == "overdue" for one in waiting)
    if not found:
        return told(screen, "head_none")
    if not waiting:
        return told(screen, "head_all_done", n=len(found))
    if not late:
        return told(screen, "head_open", n=len(waiting), total=len(found))
    return told(screen, "head_overdue", n=len(waiting), total=len(found), late=late)


def second(screen: Screen) -> str:
    """The last meeting, in one sentence."""
    with closing(screen.source.store.cursor()) as cursor:
        return decisions.counts(cursor, act_words.day(screen), screen.language)


def show(screen: Screen) -> None:
    """The meetings, newest first, each with its decisions."""
    st.html(act_words.STYLE)
    found = listed(screen)
    with closing(screen.source.store.cursor()) as cursor:
        made = actions.listed(cursor)
    if screen.may("record") and st.button(told(screen, "new"), key="decide_open", type="primary"):
        act_decide.open_new(screen, None)
    every = st.session_state.get("decide_every", False)
    for meeting in found if every else found[:FIRST]:
        _meeting(screen, meeting, made)
    if len(found) > FIRST and not every:
        st.button(told(screen, "older", n=len(found) - FIRST), key="decide_older", type="tertiary",
                  on_click=lambda: st.session_state.update(decide_every=True))  # fmt: skip


def _meeting(screen: Screen, meeting: Meeting, made: Sequence[Action]) -> None:
    until = act_words.day(screen)
    counts = told(screen, "counts", n=len(meeting.decisions), done=meeting.count("done", until),
                  late=meeting.count("overdue", until))  # fmt: skip
    with st.container(key=f"head_meeting_{meeting.day}"):
        title = told(screen, "meeting", day=meeting.day)
        st.header(f"{md(title)} :gray[{md(counts)}]", anchor=False)
    st.markdown(f":gray[{md(_in_force(screen, meeting))}]")
    for one in sorted(meeting.decisions, key=lambda one: (_ORDER[one.status(until)], one.due_on, one.id)):
        with st.container(key=f"batch_decision_{one.id}", gap="small"):
            _decision(screen, one, actions.of_origin(made, one.origin))


_ORDER = {"overdue": 0, "open": 1, "done": 2}


def _in_force(screen: Screen, meeting: Meeting) -> str:
    """The weighting of that day, and its social share."""
    known = next((one for one in meeting.decisions if one.policy), None)
    if known is None or known.policy is None:
        return told(screen, "not_kept")
    name = known.policy
    title = screen.policy_title(name) if name in screen.options.policies else name
    share = "–" if known.social is None else percent(screen.language, known.social / 100, 0)
    return told(screen, "in_force", policy=title, share=share, n=len(known.limits or {}))


def _decision(screen: Screen, one: Decision, made: Sequence[Action]) -> None:
    open_ = state.given("show") == one.id
    left, right = st.columns([5, 2], vertical_alignment="top")
    with left:
        st.markdown(f"**{md(one.text)}**")
        st.markdown(f"{_status(screen, one)} :gray[· {md(_facts(screen, one))}]")
        said = _figures(screen, one)
        if said:
            st.markdown(said)
        for action in made:
            st.button(f"{act_words.status(screen, action)} {md(action.action)}", key=f"decide_to_{action.id}",
                      type="tertiary", on_click=_to_action, args=(action.id,))  # fmt: skip
    if screen.may("record"):
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            _ways(screen, one, open_)
    if open_:
        with st.container(key=f"rows_decision_{one.id}"):
            if screen.may("record"):
                act_decide.edit(screen, one)
            recording.history(screen, DECISION, one.id)


def _ways(screen: Screen, one: Decision, open_: bool) -> None:
    """What a decision becomes: done, an action, another wording."""
    if one.status(act_words.day(screen)) != "done":
        st.button(told(screen, "mark_done"), key=f"decide_done_{one.id}", type="tertiary",
                  on_click=act_decide.done, args=(screen, one))  # fmt: skip
    if st.button(told(screen, "make_action"), key=f"decide_act_{one.id}", type="tertiary"):
        _spawn(screen, one)
    st.button(told(screen, "close" if open_ else "change"), key=f"decide_change_{one.id}", type="tertiary",
              on_click=state.put, args=("show", *(() if open_ else (one.id,))))  # fmt: skip


def _status(screen: Screen, one: Decision) -> str:
    status = one.status(act_words.day(screen))
    mark = act_words.MARKS["answered" if status == "done" else status]
    return f"{mark} :{act_words.TONES.get(status, 'gray')}[{md(told(screen, f'status_{status}'))}]"


def _facts(screen: Screen, one: Decision) -> str:
    due = told(screen, "was_done", day=one.done_on) if one.done_on else told(screen, "due", day=one.due_on)
    return " · ".join([one.id, one.owner, due])


def _figures(screen: Screen, one: Decision) -> str:
    """The figure that is watched: at the meeting with its limits, and what came of it since."""
    known = indicators().get(one.indicator_id or "")
    if known is None:
        return ""
    until, currency = act_words.day(screen), act_one.currency(screen)
    with closing(screen.source.store.cursor()) as cursor:
        since = one.done_on if one.done_on and one.done_on <= until else one.meeting_on
        found = effects.effect(cursor, screen.policy.settings, known.id, since, until, one.branch_id)
    name = act_words.watched(screen, known.id, one.branch_id if found.by == "branch" else None)
    return f"{md(effects.sentence(found, screen.language, name, currency))}  \n:gray[{md(_then(screen, one))}]"


def _then(screen: Screen, one: Decision) -> str:
    """What the board had before its eyes: the figure of the day and its limits."""
    known, currency = indicators()[one.indicator_id or ""], act_one.currency(screen)
    limits = decisions.limit_text(one, known, screen.language, currency)
    if one.value is None or one.value_on is None:
        return told(screen, "saw_none")
    value, day = figure(screen.language, known, one.value, currency), date(screen.language, one.value_on)
    if not limits:
        return told(screen, "saw", value=value, day=day)
    return told(screen, "saw_limits", value=value, day=day, limits=limits)


def _spawn(screen: Screen, one: Decision) -> None:
    act_form.open_form(
        screen, origin=one.origin, action=one.text, owner=one.owner, due_on=one.due_on, branch_id=one.branch_id,
        effect_indicator_id=one.indicator_id,
    )  # fmt: skip


def _to_action(action_id: str) -> None:
    state.put("part", "actions")
    state.put("action", action_id)
