"""What is kept back is said nowhere, targets stand with their gap, and sections without data say what is missing."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metrics import picture, records, scenarios
from metrics.appetite.lines import LIMIT
from metrics.packs.asked import Asked
from metrics.packs.model import HIDDEN, Number
from metrics.packs.refs import ref
from metrics.store import Store
from metrics.words import LANGUAGES
from tests import fresh
from tests.packs.two import KINDS, asked, made, numbers, section, tables, texts
from tests.records import loan, opened


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_back_is_said_nowhere(kind: str) -> None:
    first = section(kind)
    names = {one.ref for one in numbers(first) if one.ref and one.value is not None and one.n is not None}
    hidden = made(kind, replace(asked(), hidden=frozenset(names)))
    for one in numbers(hidden):
        if one.ref in names:
            assert (one.value, one.n, one.level, one.word, one.hidden) == (None, None, "", "", HIDDEN)
    shown = {one.text for one in numbers(hidden)}
    telling = {one.text for one in numbers(first) if one.ref in names and len(one.text) > 2} - shown
    gone = [text for text in telling if text in hidden.message]
    assert not gone
    assert {one.ref for one in numbers(hidden) if one.ref} <= {one.ref for one in numbers(first) if one.ref}


def test_a_breach_that_is_kept_back_has_no_row_that_tells_its_limit() -> None:
    rows = tables(section("breaches"))["breaches_whole"].rows
    first = rows[0][1]
    assert isinstance(first, Number)
    hidden = made("breaches", replace(asked(), hidden=frozenset({first.ref})))
    assert tables(hidden)["breaches_whole"].rows == rows[1:]


def test_one_figure_kept_back_leaves_the_sentence() -> None:
    own = asked()
    first = tables(section("growth"))["growth"].rows[2][1]
    assert isinstance(first, Number) and first.text in section("growth").message
    hidden = made("growth", replace(own, hidden=frozenset({first.ref})))
    assert first.text not in hidden.message
    gap = tables(section("segments"))["segments_gaps"].rows[0][3]
    assert isinstance(gap, Number)
    again = made("segments", replace(own, hidden=frozenset({gap.ref})))
    assert gap.text not in again.message


@pytest.mark.many(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_language_says_it_whole(kind: str, language: str) -> None:
    found = section(kind, language)
    assert found.message.endswith(".")
    assert "{" not in "\n".join(part for part in texts(found).split("\n") if not part.startswith("<svg"))
    if language != "en":
        assert found.message != section(kind, "en").message


@pytest.fixture(scope="module")
def own_store() -> Iterator[Store]:
    store = fresh.open_copy(Path(tempfile.mkdtemp(prefix="evenkeel-packs-two-")))
    yield store
    store.close()


def _asked(store: Store) -> Asked:
    cursor = store.cursor()
    policy = scenarios.load(cursor, "equal")
    shown = picture.picture(cursor, policy)
    return Asked(cursor, shown, "en", policy.title_in("en"), policy.social, shown.institution_name)


def test_targets_stand_with_their_gap(own_store: Store) -> None:
    terms = {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "approved_by": "Board", "rationale": "plan"}
    whole = {"indicator_id": "par30", "scope": "institution", "target": 0.03, "amber": 0.05, "red": 0.1, **terms}
    part = {**whole, "indicator_id": "retention_rate", "scope": "branch", "scope_id": "kolo", "target": 0.7}
    part |= {"amber": 0.6, "red": 0.5}
    records.save(own_store, LIMIT, "par30/institution", whole, "Ana")
    records.save(own_store, LIMIT, "retention_rate/branch/kolo", part, "Ana")
    own = _asked(own_store)
    found = made("targets", own)
    rows = tables(found)["targets"].rows
    late, reached = rows
    assert isinstance(late[2], Number) and isinstance(late[4], Number) and isinstance(reached[4], Number)
    assert late[4].value == pytest.approx(own.whole()["par30"].value - 0.03) and late[4].text.startswith("+")
    assert reached[1] == "Kolo" and (reached[4].value or 0) > 0
    assert found.message.startswith("1 of 2 targets are reached")
    hidden = made("targets", replace(own, hidden=frozenset({ref("par30", own.day)})))
    gap = tables(hidden)["targets"].rows[-1][4]
    assert isinstance(gap, Number) and gap.value is None


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """One loan of one branch, and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    store = opened(folder, loans=[loan("1")], branches=[{"branch_id": "north", "branch_name": "Northfield"}])
    yield _asked(store)
    store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_each_section_says_what_would_enable_it(language: str, bare: Asked) -> None:
    own = replace(bare, language=language, _kept={})
    told = {kind: made(kind, own) for kind in KINDS}
    for found in told.values():
        assert found.message and found.blocks
    for kind, table in (("voices", "complaints"), ("staff", "staff."), ("targets", "targets_limits")):
        assert table in texts(told[kind]), kind
    assert tables(told["voices"]) == {} == tables(told["targets"])
