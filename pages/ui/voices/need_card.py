"""One need that stands out: who, how plainly, what to try, which limits it touches, and the two answers."""

import streamlit as st

from metrics import limits
from metrics.catalogue import indicators
from metrics.figures import figure
from metrics.tailoring import telling, verdicts
from metrics.tailoring.looks import Need
from metrics.tailoring.rules import shipped
from metrics.tailoring.verdicts import ACCEPTED, NEED, REJECTED, Held, Verdict
from metrics.words import date, number, percent
from pages.ui import alone, recording
from pages.ui.screen import Screen
from pages.ui.text import md
from pages.ui.voices import act_form, need_reads
from pages.ui.voices.need_reads import Seen, said

ASKED, REASON = "need_asked", "need_reason"  # in the session
MARKS = {"": ":gray[●]", "amber": ":orange[▲]", "red": ":red[■]"}


def show(screen: Screen, seen: Seen, need: Need, place: int) -> None:
    """The card of a need that waits for an answer."""
    language = screen.language
    with st.container(key=f"need_{place}", border=True):
        st.markdown(f"**{md(need.rule.title(language))}**")
        st.markdown(md(telling.finding(need, language, seen.names)))
        st.markdown(f":gray[{md(telling.evidence(need, language))}]")
        st.markdown(md(need.rule.suggestion(language)))
        if screen.may("record"):
            _answers(screen, seen, need, place)
        with st.expander(said(screen, "more")):
            _evidence(screen, seen, need)


def _answers(screen: Screen, seen: Seen, need: Need, place: int) -> None:
    """Accept or reject it."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"need_answers_{place}"):
        look = "primary" if place == 0 else "secondary"
        st.button(said(screen, "accept"), key=f"need_accept_{place}", type=look,
                  on_click=_accept, args=(screen, seen, need))  # fmt: skip
        if st.button(said(screen, "reject"), key=f"need_reject_{place}"):
            alone.dialog(said(screen, "reject_title"))(lambda: _reason(screen, seen, need))()


def _accept(screen: Screen, seen: Seen, need: Need) -> None:
    """Keep the verdict; the run that follows asks who does what by when."""
    body = verdicts.body(need, ACCEPTED, seen.day)
    if recording.keep(screen, NEED, need.id, body, called=_called(screen, seen, need)) is not None:
        st.session_state[ASKED] = need.id


def asked(screen: Screen, seen: Seen) -> None:
    """The form of an action for what was just accepted."""
    given = seen.verdicts.get(st.session_state.pop(ASKED, ""))
    if given is not None:
        segment = telling.segment(need_reads.segment_of(given.segment), screen.language, seen.names)
        _form(screen, seen, given.id, given.rule, segment)


def _form(screen: Screen, seen: Seen, need_id: str, rule_name: str, segment: str) -> None:
    rule = shipped().of(rule_name)
    if rule is None:
        return
    text = said(screen, "action_text", suggestion=rule.suggestion(screen.language), segment=segment)
    branch = dict(need_reads.segment_of(need_id.partition("/")[2])).get("branch")
    about = {"branch_id": branch} if branch else {}
    act_form.open_form(screen, action=text, origin=f"need/{need_id}", effect_indicator_id=rule.watch, source="client",
              risk_id="service_fit", raised_on=seen.day, **about)  # fmt: skip


def _reason(screen: Screen, seen: Seen, need: Need) -> None:
    """Why it does not fit, asked in a dialog."""
    with st.form(key="need_reject_form", border=False):
        st.markdown(md(telling.finding(need, screen.language, seen.names)))
        st.text_input(said(screen, "reason"), key=REASON, max_chars=300, help=said(screen, "reject_text"))
        recording.author(screen, "need")
        sent = st.form_submit_button(said(screen, "reject_send"), key="need_send", type="primary",
                                     on_click=_reject, args=(screen, seen, need))  # fmt: skip
    act_form.finish(screen, sent)


def _reject(screen: Screen, seen: Seen, need: Need) -> None:
    recording.signed("need")
    reason = str(st.session_state.get(REASON) or "").strip()
    body = verdicts.body(need, REJECTED, seen.day, reason)
    recording.keep(screen, NEED, need.id, body, reason, called=_called(screen, seen, need))


def _called(screen: Screen, seen: Seen, need: Need) -> str:
    """What a reader calls a need: its title and whom it is about."""
    segment = telling.segment(need.segment, screen.language, seen.names)
    return f"{need.rule.title(screen.language)}, {segment}"


def _evidence(screen: Screen, seen: Seen, need: Need) -> None:
    """All segments in which the same rule speaks, the chance, the indicator to watch, and the limits as they stand."""
    language = screen.language
    if need.also:
        st.markdown(said(screen, "also", n=len(need.also)))
        names = ("segment", "share", "elsewhere", "interval")
        rows = [_row(screen, seen, one) for one in (need, *need.also)]
        columns = [[row[at] for row in rows] for at in range(len(names))]
        heads = [said(screen, f"col_{name}") for name in names]
        st.table(dict(zip(heads, columns, strict=True)), border="horizontal", hide_index=True)
    least = need.corrected < 0.001
    chance = said(screen, "below", share=percent(language, 0.001, 1)) if least else percent(language, need.corrected, 1)
    st.markdown(md(said(screen, "chance", n=seen.looked.looks, chance=chance)))
    st.markdown(md(said(screen, "watch", name=screen.named(indicators()[need.rule.watch]))))
    st.markdown(f"**{said(screen, 'limits')}**")
    found = need_reads.held(screen.source, screen.scope, screen.choices.policy, seen.day, need.rule.name)
    st.markdown("\n".join(f"- {_held(screen, one)}" for one in found))


def _row(screen: Screen, seen: Seen, one: Need) -> list[str]:
    language = screen.language
    span = f"{telling.points(language, one.low)} – {telling.points(language, one.high)}"
    share, elsewhere = (
        f"{percent(language, part, 0)} (n {number(language, n)})"
        for part, n in ((one.share, one.n), (one.elsewhere, one.others))
    )
    cells = [telling.segment(one.segment, language, seen.names), share, elsewhere, span]
    return [md(cell) for cell in cells]


def _held(screen: Screen, one: Held) -> str:
    """A limit with its value, and whether it holds; the word stands beside the mark."""
    language = screen.language
    name = screen.named(one.indicator)
    if one.value is None:
        return md(f"{name}: {said(screen, 'limit_unknown')}")
    value = figure(language, one.indicator, one.value)
    line = None if one.limit is None else one.limit.amber if one.limit.amber is not None else one.limit.red
    if one.limit is None or line is None:
        return md(said(screen, "limit_line", name=name, value=value, status=said(screen, "limit_none")))
    status = said(screen, f"limit_{one.level}" if one.level else "limit_held")
    shown = _line(screen, one, line)
    return f"{MARKS[one.level]} {md(said(screen, 'limit_line_of', name=name, value=value, limit=shown, status=status))}"


def _line(screen: Screen, one: Held, line: limits.Line) -> str:
    ends = line if isinstance(line, tuple) else (line,)
    return " – ".join(figure(screen.language, one.indicator, end) for end in ends)


def answered(screen: Screen, seen: Seen) -> None:
    """What was accepted or rejected: by whom, why, which action came of it, and what it did since."""
    given = sorted(seen.verdicts.values(), key=lambda one: one.decided_on, reverse=True)
    if not given:
        return
    st.header(said(screen, "answered", n=len(given)), anchor=False)
    for place, one in enumerate(given):
        with st.container(key=f"need_answered_{place}", border=True):
            _answered(screen, seen, one, place)


def _answered(screen: Screen, seen: Seen, one: Verdict, place: int) -> None:
    language = screen.language
    rule = shipped().of(one.rule)
    segment = telling.segment(need_reads.segment_of(one.segment), language, seen.names)
    title = rule.title(language) if rule else one.rule
    st.markdown(f"**{md(title)}** · {md(segment)}")
    verdict = said(screen, f"verdict_{one.verdict}")
    st.markdown(f":gray[{md(said(screen, 'decided', verdict=verdict, day=one.decided_on, who=one.who))}]")
    if one.reason:
        st.markdown(md(said(screen, "because", reason=one.reason)))
    share, n = need_reads.since_then(screen, one, seen.day)
    then = percent(language, one.share, 0)
    if n:
        st.markdown(md(said(screen, "then_now", then=then, n=one.n, now=percent(language, share, 0), m=n)))
    else:
        st.markdown(md(said(screen, "then_none", then=then, n=one.n)))
    if one.verdict == ACCEPTED:
        _came(screen, seen, one, place, segment)
    recording.history(screen, NEED, one.id)


def _came(screen: Screen, seen: Seen, one: Verdict, place: int, segment: str) -> None:
    """The actions that came of it and what the watched indicator did, or the way to make one."""
    made = need_reads.made_of(screen, one)
    for action in made:
        due = date(screen.language, action.due_on) if action.due_on else "–"
        st.markdown(md(said(screen, "action_line", id=action.id, owner=action.owner, due=due)))
    if not made:
        st.markdown(f":gray[{said(screen, 'no_action')}]")
        if screen.may("record") and st.button(said(screen, "make_action"), key=f"need_make_{place}"):
            _form(screen, seen, one.id, one.rule, segment)
    effect = need_reads.became(screen, one, made, seen.day)
    if effect:
        st.markdown(md(effect))
