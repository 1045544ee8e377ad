"""Sections on risks, limits, segments, voices and staff say the engine's figures, both legs, each thing once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from metrics import actions, decisions
from metrics.appetite import breaches as engine
from metrics.catalogue import indicators
from metrics.packs.asked import Asked
from metrics.packs.model import Figures, Number, Section, Text
from metrics.packs.refs import parsed
from metrics.packs.sections import breaches
from metrics.register.standing import register
from metrics.values import values
from metrics.voices import listed
from metrics.voices.span import year_before
from metrics.words import catalogue
from tests.packs.two import KINDS, asked, charts, made, numbers, section, tables, texts


@cache
def engine_values(by: str) -> dict[tuple[str, str], tuple[float, float]]:
    own = asked()
    frame = values(own.cursor, own.policy.settings, by=by, periods=[own.day])
    rows = frame[["unit", "indicator", "value", "n"]].itertuples(index=False, name=None)
    return {(unit, name): (value, n) for unit, name, value, n in rows}


@pytest.mark.parametrize("kind", KINDS)
def test_indicators_are_those_of_the_engine(kind: str) -> None:
    own, seen = asked(), 0
    for one in numbers(section(kind)):
        what, day, place = parsed(one.ref) if one.ref else ("", "", ())
        if what in indicators() and day == str(own.day) and one.value is not None:
            by, unit = place[0] if place else ("institution", own.picture.whole.id)
            value, n = engine_values(by)[unit, what]
            assert one.value == pytest.approx(value, rel=1e-9), one.ref
            assert one.n is None if n != n else one.n == int(n), one.ref
            seen += 1
    assert seen or kind == "risks"


@pytest.mark.parametrize("kind", KINDS)
def test_charts_show_the_numbers_of_their_tables(kind: str) -> None:
    for chart in charts(section(kind)):
        held = {cell.value for row in chart.table.rows for cell in row if isinstance(cell, Number)}
        for series in chart.series:
            assert len(series.values) == len(chart.categories)
            assert set(series.values) <= held | {None}
        assert chart.alt and chart.title and chart.svg.startswith("<svg")


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_whole_and_no_figure_has_two_values(kind: str) -> None:
    known: dict[str, float | None] = {}
    for table in tables(section(kind)).values():
        assert all(len(row) == len(table.columns) for row in table.rows), table.id
        assert 1 <= len(table.rows) <= 16, table.id
    for one in numbers(section(kind)):
        if one.ref:
            assert known.setdefault(one.ref, one.value) == one.value, one.ref


def test_risks_are_the_registers_with_both_legs() -> None:
    own, found = asked(), section("risks")
    whole = register(own.cursor, own.policy, "en", own.day)
    rows = {row[0]: row for row in tables(found)["risks"].rows}
    assert list(rows) == [one.risk.title for one in whole.standings[:10]]
    for one in whole.standings[:10]:
        assert one.now is not None
        likelihood, loss, harmed, severity = rows[one.risk.title][1:5]
        place = [cell.value for cell in (likelihood, loss, harmed) if isinstance(cell, Number)]
        assert place == [one.now.likelihood, one.now.loss, one.now.harmed]
        assert severity == catalogue("en")[f"register.severity_{one.now.severity}"]
    assert found.message.startswith(f"{len(whole.above)} of {len(whole.standings)} risks")
    assert len(tables(made("risks", most=3))["risks"].rows) == 3


def test_breaches_are_the_engines_each_counted_once() -> None:
    own, found = asked(), section("breaches")
    since = breaches.last_meeting(own)
    told = dict(_figures(found))
    for by, name in (("institution", "breaches_whole"), ("branch", "breaches_units")):
        open_ = [one for one in engine.both(own.cursor, own.policy, own.day, by)[0] if _many(own, one)]
        assert told[name] == len(open_)
    every = [one for by in ("institution", "branch") for one in engine.both(own.cursor, own.policy, own.day, by)[0]]
    assert since is not None
    assert told["breaches_fresh"] == sum(one.since > since for one in every if _many(own, one))
    names = [
        cell.ref for table in tables(found).values() for row in table.rows for cell in row if isinstance(cell, Number)
    ]
    assert len([name for name in names if name]) == len({name for name in names if name})


def _many(own: Asked, one: engine.Breach) -> bool:
    return own.indicator(one.indicator).people == "none" or one.n is None or one.n >= own.threshold


def _figures(found: Section) -> Iterator[tuple[str, float | None]]:
    for block in found.blocks:
        if isinstance(block, Figures):
            yield from ((parsed(number.ref)[0], number.value) for _, number, _ in block.items)


def test_actions_made_done_and_late_are_those_of_the_records() -> None:
    own, told = asked(), dict(_figures(section("breaches")))
    known, since = actions.listed(own.cursor), breaches.last_meeting(own)
    assert since is not None
    assert told["actions_late"] == sum(one.status(own.day) == "overdue" for one in known if one.raised_on <= own.day)
    assert told["actions_made"] == sum(since < one.raised_on <= own.day for one in known)
    assert told["actions_done"] == sum(one.done_on is not None and since < one.done_on <= own.day for one in known)
    assert decisions.counts(own.cursor, own.day, "en") in texts(section("breaches"))


def test_the_last_meeting_is_the_one_asked_for() -> None:
    own = replace(asked(), since=asked().picture.before_period)
    assert breaches.last_meeting(own) == own.since


def test_segments_of_a_kind_are_all_borrowers_once() -> None:
    rows = tables(section("segments"))["segments_who"].rows
    total = rows[0][2]
    assert isinstance(total, Number) and total.value == asked().whole()["avg_loan_balance_per_borrower"].n
    for kind in ("Gender", "Place", "Age"):
        counts = [row[2].value or 0 for row in rows if row[0] == kind and isinstance(row[2], Number)]
        assert sum(counts) == total.value


def test_both_pillars_stand_in_the_segments() -> None:
    found = {parsed(one.ref)[0] for one in numbers(section("segments")) if one.ref}
    pillars = {asked().indicator(name).pillar for name in found if name in indicators()}
    assert pillars == {"financial", "social"}


def test_the_gap_named_is_the_widest_and_more_than_chance() -> None:
    rows = tables(section("segments"))["segments_gaps"].rows
    sizes = [row[6].value for row in rows if isinstance(row[6], Number)]
    assert sizes == sorted(sizes, key=lambda one: -(one or 0))
    assert all(isinstance(cell, str) or cell.text in section("segments").message for cell in rows[0][2:6])


def test_voices_count_each_voice_once() -> None:
    own = asked()
    now = [one for one in listed(own.cursor, year_before(own.day), own.day)]
    rows = tables(section("voices"))["voices"].rows
    heard, made_, told = (rows[0][at] for at in (1, 3, 4))
    assert isinstance(heard, Number) and heard.value == len({one.ref for one in now}) == len(now)
    complaints = [one for one in now if one.kind == "complaint"]
    assert isinstance(made_, Number) and made_.value == len(complaints)
    assert isinstance(told, Number)
    assert told.value == sum(one.answered_on is not None and one.answered_on <= own.day for one in complaints)


def test_only_voices_that_agreed_are_quoted_and_no_text_without_consent_stands_anywhere() -> None:
    said = [block for block in section("voices").blocks if isinstance(block, Text) and block.kind == "quote"]
    assert len(said) == 3
    every = listed(asked().cursor)
    agreed = {one.text for one in every if one.may_quote}
    silent = {one.text for one in every if not one.may_quote and len(one.text) > 12} - agreed
    assert all(any(_like(one.text, text) for text in agreed) for one in said)
    assert not [text for text in silent if text in texts(section("voices"))]


def _like(shown: str, said: str) -> bool:
    """Whether a quote is a text, with names hidden or not."""
    parts = [part.strip() for part in shown.split("…")]
    return all(part in said for part in parts)


def test_a_larger_threshold_takes_quotes_away() -> None:
    few = made("voices", replace(asked(), threshold=100_000))
    assert not [block for block in few.blocks if isinstance(block, Text) and block.kind == "quote"]
