"""Two people at one record: whoever saves second over what has not been seen is shown it, in every form there is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from metrics import actions, decisions, records, tailoring, voices
from metrics.actions import ACTION
from metrics.appetite.breaches import BREACH
from metrics.appetite.lines import LIMIT
from metrics.decisions import DECISION
from metrics.records import Body, Kind, Record
from metrics.register import RISK
from metrics.register import find as risk
from metrics.register import next_body as told
from metrics.store import Store
from metrics.stress import kept, library
from metrics.tailoring import verdicts
from metrics.tailoring.looks import Need
from metrics.tailoring.verdicts import NEED
from pages.ui import data
from tests import fresh
from tests.pages.visit import Open, asked, opening, said

DAY = date(2026, 9, 30)
THEIRS, MINE = "Bo has written this", "I have written that"
REF = "complaints/05-C0054"
BEGUN = "complaints/T-900"
VERDICT = {"rule": "keep_clients", "segment": "branch=doukoro", "verdict": "rejected", "decided_on": "2026-09-30",
           "reason": THEIRS}  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A form that stands open: its record, what Bo changes of it meanwhile, and how it is then sent.

    `mine` is what the record must hold after my saving over Bo's; None where I take it away.
    """

    app: AppTest
    kind: Kind
    id: str
    bo: Mapping[str, object]
    send: Callable[[AppTest], AppTest]
    mine: Mapping[str, object] | None = field(default_factory=dict)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A sample for all forms, each of which is about a record of its own."""
    place = tmp_path_factory.mktemp("two")
    fresh.sample(place)
    yield place
    data.opened(str(place), data.SAMPLE).close()
    st.cache_resource.clear()


@pytest.fixture
def store(folder: Path) -> Store:
    return data.opened(str(folder), data.SAMPLE)


@pytest.fixture
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opening(folder, monkeypatch)


def last(store: Store, kind: Kind, name: str) -> Record | None:
    with closing(store.cursor()) as cursor:
        found = records.versions(cursor, kind.name, name)
    return found[-1] if found else None


def pressed(app: AppTest, key: str) -> AppTest:
    """Presses a button, by the beginning of its key."""
    return next(one for one in app.button if str(one.key).startswith(key)).click().run()


def breach_sheet(opened: Open, store: Store) -> Form:
    app = pressed(opened("warnings"), "brk_open_0")
    (name,) = asked(app, "breach")

    def send(app: AppTest) -> AppTest:
        app.text_input(f"brk_owner_{name}").set_value(MINE).run()  # drawn anew meanwhile, with what Bo has saved
        return pressed(app, "brk_keep")

    return Form(app, BREACH, name, {"owner": THEIRS}, send, {"owner": MINE})


def breach_row(opened: Open, store: Store) -> Form:
    app = opened("warnings")
    place = next(str(one.key) for one in app.button if str(one.key).startswith("brk_seen_")).rpartition("_")[2]
    (name,) = asked(pressed(opened("warnings"), f"brk_open_{place}"), "breach")
    return Form(app, BREACH, name, {"acknowledged_by": THEIRS, "acknowledged_on": "2026-10-01"},
                lambda app: pressed(app, f"brk_seen_{place}"))  # fmt: skip


def limit(opened: Open, store: Store) -> Form:
    app = opened("warnings", show="limit", indicator="par30", unit="branch/kolo")
    terms = {"indicator_id": "par30", "scope": "branch", "scope_id": "kolo", "branch_id": "kolo", "red": 0.08,
             "valid_from": "2026-10-01", "approved_by": THEIRS, "rationale": THEIRS}  # fmt: skip

    def send(app: AppTest) -> AppTest:
        for name, text in (("red", "20 %"), ("amber", "9 %"), ("by", MINE), ("why", MINE)):
            app.text_input(f"lim_{name}_par30_branch_kolo").set_value(text)
        return pressed(app.run(), "lim_keep")

    return Form(app, LIMIT, "par30/branch/kolo", terms, send, {"red": 0.2, "approved_by": MINE})


def coding(opened: Open, store: Store) -> Form:
    app = opened("voices", part="heard", voice=REF)

    def send(app: AppTest) -> AppTest:
        next(one for one in app.selectbox if str(one.key).startswith("voice_category_")).set_value("privacy")
        return pressed(app, "voice_save_")

    return Form(app, voices.CODING, REF, {"category": "fraud"}, send, {"category": "privacy"})


def typed_in(opened: Open, store: Store) -> Form:
    body = {"received_on": "2026-09-01", "branch_id": "kolo", "description": "It took long"}
    records.save(store, voices.COMPLAINT, "T-900", body, "Desk")
    app = opened("voices", part="heard", voice=BEGUN)
    return Form(app, voices.COMPLAINT, "T-900", {"description": THEIRS}, lambda app: pressed(app, "voice_take"), None)


def action(opened: Open, store: Store) -> Form:
    app = opened("voices", part="actions", action="I-038")

    def send(app: AppTest) -> AppTest:
        next(one for one in app.text_input if str(one.key).startswith("deed_owner_")).set_value(MINE)
        return pressed(app, "deed_save_")

    return Form(app, ACTION, "I-038", {**acted(store, "I-038"), "owner": THEIRS}, send, {"owner": MINE})


def acted(store: Store, name: str) -> Body:
    """An action as a record has it, also one that came in a file."""
    with closing(store.cursor()) as cursor:
        found = actions.find(cursor, name)
    assert found is not None
    return found.body()


def decision(opened: Open, store: Store) -> Form:
    app = opened("voices", part="decisions", show="D-007")

    def send(app: AppTest) -> AppTest:
        next(one for one in app.text_input if str(one.key).startswith("decide_owner_")).set_value(MINE)
        return pressed(app, "decide_save_")

    return Form(app, DECISION, "D-007", {"owner": THEIRS}, send, {"owner": MINE})


def decision_done(opened: Open, store: Store) -> Form:
    with closing(store.cursor()) as cursor:
        name = next(one.id for one in decisions.listed(cursor) if one.done_on is None and one.id != "D-007")
    app = opened("voices", part="decisions")
    return Form(app, DECISION, name, {"owner": THEIRS}, lambda app: pressed(app, f"decide_done_{name}"),
                {"done_on": "2026-09-30"})  # fmt: skip


@cache
def needs(store: Store) -> tuple[Need, ...]:
    with closing(store.cursor()) as cursor:
        return tuple(tailoring.found(cursor, DAY).needs)


def waiting(store: Store) -> str:
    """The need whose card stands first."""
    with closing(store.cursor()) as cursor:
        answered = verdicts.listed(cursor)
    return next(one.id for one in needs(store) if one.id not in answered)


def need_accepted(opened: Open, store: Store) -> Form:
    app = opened("voices", part="tailored")
    return Form(app, NEED, waiting(store), VERDICT, lambda app: pressed(app, "need_accept_0"),
                {"verdict": "accepted"})  # fmt: skip


def need_rejected(opened: Open, store: Store) -> Form:
    app = pressed(opened("voices", part="tailored"), "need_reject_0")

    def send(app: AppTest) -> AppTest:
        app.text_input("need_reason").set_value(MINE)
        return pressed(app, "need_send")

    return Form(app, NEED, waiting(store), VERDICT, send, {"reason": MINE})


def shock(opened: Open, store: Store) -> Form:
    stored(store, "own-flood")
    app = opened("tradeoffs", shock="own-flood")

    def send(app: AppTest) -> AppTest:
        app.text_input("shock_title_own-flood").set_value(MINE).run()  # drawn anew meanwhile
        return pressed(app, "shock_save")

    return Form(app, kept.SHOCK, "own-flood", {"title": THEIRS}, send, {"title": MINE})


def shock_away(opened: Open, store: Store) -> Form:
    stored(store, "own-second")
    app = opened("tradeoffs", shock="own-second")

    def send(app: AppTest) -> AppTest:
        app.text_input("shock_title_own-second").set_value(MINE).run()
        return pressed(app, "shock_delete")

    return Form(app, kept.SHOCK, "own-second", {"title": THEIRS}, send, None)


def stored(store: Store, name: str) -> None:
    records.save(store, kept.SHOCK, name, kept.body(library.scenario("flood"), name), "Desk")


def risk_review(opened: Open, store: Store) -> Form:
    app = opened("warnings", part="register", risk="reputation")

    def send(app: AppTest) -> AppTest:
        next(one for one in app.number_input if str(one.key).endswith("_likelihood")).set_value(60.0)
        next(one for one in app.text_area if str(one.key).endswith("_reason")).set_value(MINE)
        return pressed(app, "risk_reputation_")

    return Form(app, RISK, "reputation", {**known(store, "reputation"), "owner": THEIRS}, send, {"reason": MINE})


def risk_edit(opened: Open, store: Store) -> Form:
    app = opened("warnings", part="register", risk="climate", show="edit_risk")

    def send(app: AppTest) -> AppTest:
        next(one for one in app.text_input if str(one.key).endswith("_owner")).set_value(MINE)
        return pressed(app, "risk_edit_climate_")

    return Form(app, RISK, "climate", {**known(store, "climate"), "owner": THEIRS}, send, {"owner": MINE})


def risk_away(opened: Open, store: Store) -> Form:
    app = opened("warnings", part="register", risk="conduct", show="edit_risk")

    def send(app: AppTest) -> AppTest:
        return pressed(app, "risk_remove")

    return Form(app, RISK, "conduct", {**known(store, "conduct"), "owner": THEIRS}, send, None)


def known(store: Store, name: str) -> Body:
    """A risk as a record has it, also a shipped one."""
    with closing(store.cursor()) as cursor:
        found = risk(cursor, name)
    assert found is not None
    return told(found, {})


FORMS = [
    coding, action, decision, decision_done, need_accepted, need_rejected, risk_review, risk_edit,
    risk_away,
]  # fmt: skip
SLOW = [breach_row, breach_sheet, limit, typed_in, shock, shock_away]


@pytest.mark.parametrize(
    "form", [*FORMS, *(pytest.param(form, marks=pytest.mark.full) for form in SLOW)],
    ids=lambda form: str(form.__name__),
)  # fmt: skip
def test_whoever_saves_second_sees_what_the_first_wrote_and_may_still_save_over_it(
    form: Callable[[Open, Store], Form], opened: Open, store: Store
) -> None:
    one = form(opened, store)
    before = last(store, one.kind, one.id)
    body = {**(before.body if before and not before.removed else {}), **one.bo}
    theirs = records.save(store, one.kind, one.id, body, "Bo", "", before.version if before else 0)
    app = one.send(one.app)
    assert not app.exception and last(store, one.kind, one.id) == theirs
    assert "Bo has saved this meanwhile" in said(app)
    shown = [str(cell).replace("\\", "") for cell in app.table[0].value.to_numpy().ravel()]
    assert THEIRS in shown or "fraud" in shown
    assert {str(value) for value in (one.mine or {}).values()} <= set(shown)
    assert not app.button("clash_mine").click().run().exception
    after = last(store, one.kind, one.id)
    assert after is not None and after.version == theirs.version + 1 and after.removed == (one.mine is None)
    assert (one.mine or {}).items() <= after.body.items()
