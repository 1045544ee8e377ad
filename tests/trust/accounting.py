"""Every act of the product that writes, done for real one after the other, with the entries that each must leave."""

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from metrics import (
    commands,
    disclosure_commands,
    ingest,
    kept,
    pack_commands,
    people,
    ppi,
    rebuilding,
    records,
    scenarios,
    taking,
    typed,
    undoing,
    versions,
    weighing,
)
from metrics.activity import Entry, Event, entries
from metrics.catalogue import indicators
from metrics.ingest.model import Correction
from metrics.packs import frozen
from metrics.policy import Policy
from metrics.standing import View
from metrics.store import Store
from metrics.voices.typed_in import COMPLAINT
from tests import scorecards
from tests.ingesting import AS_OF, five, seen, text
from tests.scorecards import Book

SECRET = "Zebedayo-0712345678"  # what a cell, a complaint and a correction hold: never in the account
SHEET = "Agence;Énergie verte %;Formés\nKolo;12,5;40\nBaro;48;22\n"
GREEN = {"heading": "Énergie verte %", "title": "Green energy", "pillar": "social", "unit": "%", "better": "higher",
         "worst": 0, "best": 0.5, "scored": True}  # fmt: skip
OWN = {"indicators": {"own_green": GREEN}}
ABOUT = "section:headline"
WHO = "Amina"


@dataclass
class World:
    """The database that is acted on, a folder for files, and what acts hand on to the next ones."""

    store: Store
    folder: Path
    made: dict[str, Any] = field(default_factory=dict)

    def chosen(self, **given: object) -> argparse.Namespace:
        """The arguments of a command that works on this database, as the app lends it."""
        return argparse.Namespace(
            data=self.store.path.parent, stores=lambda _: self.store, institution=None, format="csv", language="en",
            as_of=None, policy="", social=None, **given,
        )  # fmt: skip

    def policy(self, name: str = "equal") -> Policy:
        """A policy with all that is in force in it."""
        with closing(self.store.cursor()) as cursor:
            return versions.completed(cursor, versions.load(cursor, name))

    def entries(self, since: int = 0) -> list[Entry]:
        """The account after a number."""
        with closing(self.store.cursor()) as cursor:
            return list(entries(cursor, since))


def _files(world: World) -> None:
    head, *rows = five(r2c6="15o0.25", r3c2=SECRET).splitlines()
    lent = [f"{head},status", *(f"{row},active" for row in rows), "00128,C6,Kolo,2025-01-03,1000,0,0,closed"]
    path = text(world.folder, "\n".join(lent) + "\n")
    first = seen(world.store, path)
    given = (Correction(first.sheets[0].sha256, "", 3, 5, "1500.25"),)
    preview = seen(world.store, path, corrections=given, date_order="dmy")
    world.made["batch"] = ingest.land(world.store, preview, WHO).batch_id


def _own(world: World) -> None:
    landed = ingest.land(world.store, seen(world.store, text(world.folder, SHEET, "vert.csv"), mapping=OWN), WHO)
    world.made["own"] = indicators()["own_green"].own
    assert landed.batch_id


def _comment(words: str, seen_version: int) -> Callable[[World], object]:
    body = frozen.comment(ABOUT, AS_OF, words)
    return lambda world: records.save(world.store, frozen.COMMENT, ABOUT, body, WHO, seen=seen_version)


def _complaint(words: str, seen_version: int) -> Callable[[World], object]:
    body = {"received_on": AS_OF.isoformat(), "description": words, "branch_id": "Kolo"}
    return lambda world: records.save(world.store, COMPLAINT, "T-001", body, WHO, seen=seen_version)


def _policy(world: World) -> None:
    world.made["version"] = scenarios.save(world.store, replace(world.policy(), name="ours", title="Ours"), WHO)


def _weights(world: World) -> None:
    scenarios.save(world.store, world.policy("ours@1").with_social(70), WHO)


def _limits(world: World) -> None:
    before = world.policy("ours@2")
    changed = {**before.limits, "par30": (0.04, 0.08)}
    scenarios.save(world.store, replace(before, limits=changed), WHO)


def _approved(world: World) -> None:
    line = scenarios.BoardLine("own", "par30", 0.04, 0.08, "minutes", "Board", AS_OF)
    scenarios.save(world.store, world.policy("ours@3"), WHO, "", ("Board", AS_OF), [line])


def _scenario(world: World) -> None:
    world.made["scenario"] = kept.save(world.store, world.policy(), View(AS_OF, "branch"), "What if", WHO)


def _renamed(world: World) -> None:
    name = kept.rename(world.store, world.made["scenario"], "What else")
    with closing(world.store.cursor()) as cursor:
        world.made["scenario"] = kept.find(cursor, name)


def _rebuilt(world: World) -> None:
    plan = [{"loan_id": "00123", "instalment_no": n, "due_on": AS_OF.replace(month=n), "due_principal": 100,
             "paid_on": AS_OF.replace(month=n), "completed": True, "paid_principal": 100} for n in (7, 8)]  # fmt: skip
    typed.land_rows(world.store, WHO, "own", "loan_schedule", plan)
    with closing(world.store.cursor()) as cursor:
        rebuilding.rebuild(world.store, cursor, 3, WHO)


def _scorecard(world: World) -> None:
    ppi.land(world.store, ppi.read(scorecards.save(world.folder / "card.xlsx", Book())), WHO, "own")


@dataclass(frozen=True)
class Act:
    """Something that writes: what it is, the function that opens the transaction, and the entries that it leaves."""

    name: str
    writer: str
    do: Callable[[World], object]
    leaves: tuple[str, ...]


ACTS = (
    Act("files with a corrected cell", "ingest.landing.land", _files, ("upload", "override", "mapping")),
    Act("a column that becomes an indicator", "ingest.landing.land", _own,
        ("upload", "mapping", "indicator", "policy")),
    Act("rows typed in", "typed.land_rows",
        lambda w: typed.land_rows(w.store, WHO, "own", "institutions", [{"institution_name": "Own"}]), ("rows",)),
    Act("a batch taken out", "undoing.take_out", lambda w: undoing.take_out(w.store, w.made["batch"]), ("take_out",)),
    Act("a batch brought back", "undoing.bring_back", lambda w: undoing.bring_back(w.store, w.made["batch"]),
        ("bring_back",)),
    Act("a record", "records._add", _comment("first", 0), ("record",)),
    Act("a record changed", "records._add", _comment("second", 1), ("record",)),
    Act("a record unchanged", "records._add", _comment("second", 2), ()),
    Act("a record taken away", "records._add",
        lambda w: records.remove(w.store, frozen.COMMENT, ABOUT, WHO, "wrong", 2), ("record",)),
    Act("a record undone", "records._add", lambda w: records.undo(w.store, frozen.COMMENT, ABOUT, WHO, 3), ("record",)),
    Act("a complaint typed in", "records._add", _complaint(f"{SECRET} shouted", 0), ("rows", "record")),
    Act("a complaint changed", "records._add", _complaint(f"{SECRET} was rude", 1), ("take_out", "rows", "record")),
    Act("a complaint taken away", "records._add", lambda w: records.remove(w.store, COMPLAINT, "T-001", WHO, "", 2),
        ("take_out", "record")),
    Act("a policy", "scenarios.save", _policy, ("policy",)),
    Act("weights", "scenarios.save", _weights, ("weights",)),
    Act("limits", "scenarios.save", _limits, ("limits",)),
    Act("limits that the board approved", "scenarios.save", _approved, ("rows", "policy")),
    Act("a scenario", "kept._written", _scenario, ("policy",)),
    Act("a scenario renamed", "kept._written", _renamed, ("policy", "policy")),
    Act("a scenario approved", "kept._written",
        lambda w: kept.approve(w.store, w.made["scenario"], "Board", AS_OF, "why"), ("policy",)),
    Act("a scenario deleted", "kept._written", lambda w: kept.delete(w.store, w.made["scenario"]), ("policy",)),
    Act("an own indicator watched", "weighing.watch", lambda w: weighing.watch(w.store, w.made["own"], WHO, "equal@1"),
        ("policy",)),
    Act("an own indicator counted", "weighing.count", lambda w: weighing.count(w.store, w.made["own"], WHO, "equal@2"),
        ("policy",)),
    Act("an own indicator withdrawn", "weighing.withdraw",
        lambda w: weighing.withdraw(w.store, w.store.path.parent, w.made["own"], WHO, "equal@3"),
        ("policy", "indicator")),
    Act("a past rebuilt", "rebuilding.rebuild", _rebuilt, ("rows", "rows")),
    Act("a scorecard", "ppi.landing.land", _scorecard, ("upload",)),
    Act("measures computed anew", "commands.build", lambda w: commands.build(w.chosen(from_raw=False)), ("rebuild",)),
    Act("a role", "people.give", lambda w: people.give(w.store, "zoe@mfi.org", "analyst"), ("role",)),
    Act("a person signed out", "people.sign_out", lambda w: people.sign_out(w.store, "zoe@mfi.org"), ("sign_out",)),
    Act("a note", "store.note", lambda w: w.store.note(Event("sign_in", "zoe@mfi.org")), ("sign_in",)),
    Act("a table exported", "taking.export",
        lambda w: taking.export(w.chosen(table="loans", output=w.folder / "out.csv")), ("export",)),
    Act("a pack", "pack_commands.pack",
        lambda w: pack_commands.pack(
            w.chosen(to="html", file=w.folder / "p.html", by="", plan="board", threshold=None)), ("export",)),
    Act("a disclosure", "disclosure_commands.disclose",
        lambda w: disclosure_commands.disclose(w.chosen(to="json", out=w.folder / "d.json", template=Path("twox"))),
        ("export",)),
)  # fmt: skip
# Writers that are tried elsewhere, each by the test that holds it to its entries.
ELSEWHERE = {
    "backup.make": "test_backup", "restoring._compared": "test_backup", "retention.tidy": "test_retention",
    "retention.remove": "test_retention", "personal.erasing.erase": "test_erasure",
    "personal.erasing.finish": "test_erasure", "personal.person.about": "test_erasure",
    "snapshot.take_notes": "test_reader", "reworking.from_raw": "test_reworking", "sample.land": "test_activity",
    "account.write": "test_activity_page", "door._greet": "test_roles",
}  # fmt: skip
# These land again what has its entries already, into a database that nobody has seen.
AGAIN = ("reworking._replay", "reworking._from_files", "reworking._from_rows")


def done(world: World) -> list[tuple[Act, list[str]]]:
    """Does every act; returns what each left in the account."""
    found = []
    for act in ACTS:
        before = world.entries()
        act.do(world)
        found.append((act, [one.what for one in world.entries(len(before))]))
    return found
