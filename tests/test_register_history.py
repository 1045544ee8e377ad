"""Who changed what of a risk: a history without gaps whoever writes, and the command that prints the register."""

import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics import records
from metrics.__main__ import main
from metrics.register import RISK, changes, find, next_body, starters, titles
from metrics.store import Store
from tests import fresh
from tests.records import loan, opened

NUMBERS = itertools.count(1)
KEPT: dict[str, Any] = dict(starters()["conduct"].body)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An institution, shared: each test writes risks of its own."""
    made = opened(tmp_path_factory.mktemp("history"), loans=[loan("1")])
    yield made
    made.close()


def save(store: Store, body: Mapping[str, Any], risk_id: str, seen: int = 0, who: str = "Ana") -> records.Record:
    """A risk written down."""
    return records.save(store, RISK, risk_id, body, who, "because", seen)


def test_the_first_change_of_a_shipped_risk_says_what_was_shipped(store: Store) -> None:
    one = find(store.cursor(), "growth")
    assert one is not None
    save(store, next_body(one, {"title": "Too fast", "causes": ""}), "growth")
    told = {change.field: (change.before, change.after) for change in changes(store.cursor(), "growth")}
    assert told == {"title": (one.title, "Too fast"), "causes": (one.causes, None)}


def test_a_risk_taken_away_is_gone_and_undo_brings_it_back(store: Store) -> None:
    one = find(store.cursor(), "currency")
    assert one is not None
    save(store, next_body(one, {}), "currency")
    records.remove(store, RISK, "currency", "Ana", seen=1)
    gone = "currency" in titles(store.cursor(), "en")
    records.undo(store, RISK, "currency", "Ana", seen=2)
    assert (gone, "currency" in titles(store.cursor(), "en")) == (False, True)


WRITERS = ("Ana", "Bo", "Chi")
FIELDS = st.sampled_from(["title", "owner", "causes", "controls", "appetite"])
EDITS = st.lists(
    st.tuples(
        st.sampled_from(WRITERS), st.sampled_from(["save", "save", "save", "look", "remove", "undo"]), FIELDS,
        st.sampled_from(["one", "two", "three", ""]),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


def edited(store: Store, risk_id: str, edits: list[tuple[str, str, str, str]]) -> tuple[int, int, int]:
    """Makes the edits, each by a writer who knows the version that he saw last.

    Returns how many were kept, refused, and kept over a version that their writer had not seen.
    """
    seen, kept, refused, unseen = dict.fromkeys(WRITERS, 0), 0, 0, 0
    for who, act, name, value in edits:
        known = records.versions(store.cursor(), RISK.name, risk_id)
        last = known[-1].version if known else 0
        body = known[-1].body if known else KEPT
        stale = seen[who] != last and not known[-1].removed
        try:
            if act == "look":
                seen[who] = last
            elif act == "save":
                seen[who] = save(store, {**body, name: value or KEPT.get(name, "")}, risk_id, seen[who], who).version
            elif act == "remove" and known and not known[-1].removed:
                seen[who] = records.remove(store, RISK, risk_id, who, "gone", seen[who]).version
            elif act == "undo" and known:
                seen[who] = records.undo(store, RISK, risk_id, who, seen[who]).version
        except records.Conflict as clash:
            refused += clash.theirs == known[-1]  # whoever is refused is shown what stands
        after = records.versions(store.cursor(), RISK.name, risk_id)
        assert after[: len(known)] == known, "no version is ever changed"
        kept += len(after) - len(known)
        unseen += stale and len(after) > len(known)
    return kept, refused, unseen


def replayed(store: Store, risk_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the history gives when it is played from nothing, and what stands."""
    found: dict[str, Any] = dict(starters()[risk_id].body) if risk_id in starters() else {}
    told = sorted(changes(store.cursor(), risk_id), key=lambda change: change.record.version)
    for change in told:
        assert found.get(change.field) == change.before, "each change begins where the one before it ended"
        found[change.field] = change.after
    known = records.versions(store.cursor(), RISK.name, risk_id)
    stands: Mapping[str, Any] = {} if known and known[-1].removed else known[-1].body if known else found
    return {name: value for name, value in found.items() if value is not None}, dict(stands)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_the_history_played_from_nothing_is_what_stands_whoever_writes(store: Store, edits: list[Any]) -> None:
    name = f"own-{next(NUMBERS)}"
    kept, _, unseen = edited(store, name, edits)
    assert (kept, unseen) == (len(records.versions(store.cursor(), RISK.name, name)), 0)
    played, stands = replayed(store, name)
    assert played == stands


def told(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> list[dict[str, Any]]:
    """What the command prints, as JSON."""
    assert main(["--data", str(folder), "register", *words, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the sample."""
    place = tmp_path_factory.mktemp("command")
    fresh.sample(place)
    return place


def test_the_command_lists_every_risk_with_both_legs_in_figures(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = told(capsys, folder)
    assert len(found) == len(starters())
    first = found[0]
    assert first["expected"] == pytest.approx(first["likelihood"] * max(100 * first["loss"], first["harm"]))


def test_the_command_weighs_the_legs_as_it_is_asked(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (one,) = told(capsys, folder, "--risk", "conduct", "--impact", "weighted", "--social", "100")
    assert one["impact"] == pytest.approx(one["harm"])


def test_the_command_shows_who_changed_what_from_what(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    found = told(capsys, folder, "--history", "--risk", "conduct")
    review = next(row for row in found if row["field"] == "reviewed_on" and row["version"] == 2)
    assert (review["who"], review["before"], review["after"]) == ("Risk officer", "2026-06-30", "2026-09-30")


def test_a_share_outside_the_scale_is_wrong_usage(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code = main(["--data", str(folder), "register", "--social", "120"])
    assert (code, bool(capsys.readouterr().err)) == (2, True)
