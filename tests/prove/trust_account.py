"""Everything done once for real, the account held against it; the account of many entries tampered with everywhere."""

import random
import tempfile
import time
from contextlib import closing
from pathlib import Path

from metrics import accounts, activity, own
from metrics.accounts import Wanted
from metrics.activity import Entry, Event
from metrics.store import Store
from tests import fresh
from tests.trust.accounting import ACTS, SECRET, World, done

LINE = (
    "Account of everything: every act that writes leaves exactly its entries in its own transaction; whoever alters, "
    "removes, inserts or moves one is found at the right number"
)
MANY, TAMPERED, SEED = 100_000, 300, 20260930
WAYS = ("altered", "taken out", "put in", "moved", "sealed anew")


def run(many: int = MANY, tampered: int = TAMPERED) -> dict[str, object]:
    """Does every act; tampers with the account in five ways at random places; measures reading and writing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = World(fresh.opened(folder / "data"), folder)
        found = done(world)
        wrong = [(act.name, left) for act, left in found if tuple(left) != act.leaves]
        assert wrong == [], wrong
        entries = world.entries()
        assert activity.broken(entries) is None
        assert SECRET not in str(entries)
        world.store.close()
        own.use(folder / "none")
        missed = [n for n in range(tampered) if not _found(entries, random.Random(SEED + n))]
        assert missed == [], missed
        measured = _measured(folder / "many", many)
    return {
        "mutations": sum(bool(act.leaves) for act in ACTS), "events": len(entries), "chain_bad": 0,
        "values of cells in it": 0, "tampered": tampered, "found at the right number": tampered, **measured,
    }  # fmt: skip


def _found(entries: list[Entry], dice: random.Random) -> bool:
    """Whether one change at a random place, in a random way, is found where it is."""
    found, at, way = list(entries), dice.randrange(1, len(entries) - 1), dice.choice(WAYS)
    one, first = found[at], at + 1
    if way == "altered":
        field = dice.choice(("who", "role", "what", "subject"))
        found[at] = Entry(**{**vars(one), field: getattr(one, field) + "x"})
    elif way == "taken out":
        del found[at]
    elif way == "put in":
        found.insert(at, Entry(**{**vars(one), "subject": "never done"}))
    elif way == "moved":
        found[at], found[at + 1] = found[at + 1], found[at]
    else:  # whoever seals what he altered breaks the next
        forged = Entry(**{**vars(one), "who": "nobody"})
        found[at] = Entry(**{**vars(forged), "sealed": forged.seal(found[at - 1].sealed)})
        first = at + 2
    return activity.broken(found) == first


def _measured(folder: Path, many: int) -> dict[str, object]:
    """Seconds of a page and of a check of many entries; milliseconds that an entry adds to its change."""
    store = fresh.opened(folder)

    def fill(cursor: activity.Cursor) -> None:
        for n in range(many):
            activity.add(cursor, Event("export", f"file {n}", after={"rows": n, "form": "xlsx"}))

    try:
        began = time.process_time()
        store.write(fill, figures=False)
        each = (time.process_time() - began) / many
        with closing(store.cursor()) as cursor:
            pages = [_seconds(cursor, wanted, at) for wanted in (Wanted(), Wanted(text="file 99")) for at in (0, 900)]
            began = time.perf_counter()
            assert accounts.check(cursor).broken is None
            checked = time.perf_counter() - began
        notes = sorted(_noted(store, n) for n in range(100))
    finally:
        store.close()
    assert max(pages) < 1.0, pages
    assert each < 0.010, each
    return {
        "entries": many, "slowest page of them": f"{max(pages):.2f} s", "check of all": f"{checked:.1f} s",
        "an entry inside a change": f"{each * 1000:.1f} ms of processor",
        "an entry alone, on the disk": f"median {notes[50] * 1000:.1f} ms",
    }  # fmt: skip


def _seconds(cursor: activity.Cursor, wanted: Wanted, at: int) -> float:
    began = time.perf_counter()
    accounts.page(cursor, wanted, at, 25)
    return time.perf_counter() - began


def _noted(store: Store, n: int) -> float:
    began = time.perf_counter()
    store.note(Event("export", f"alone {n}"))
    return time.perf_counter() - began
