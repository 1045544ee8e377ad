"""What an import would change, before it lands: rows, totals and indicators; and no trace of having looked."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics import checks, ingest
from metrics.errors import InputError
from metrics.ingest.moved import Moves
from metrics.ingest.moves import moves
from metrics.policy import SETTINGS
from metrics.store import Store
from metrics.values import values
from tests.ingesting import AS_OF, checksums, five, landed, opened, options, seen, text

PEOPLE = "client_id,gender\nC1,F\nC2,M\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A book and a list of clients; whoever looks leaves them as they are."""
    folder = tmp_path_factory.mktemp("landed")
    with opened(folder) as found:
        landed(found, text(folder, five()), text(folder, PEOPLE, name="clients.csv"))
        yield found


def looked(store: Store, preview: ingest.Preview, **given: bool) -> Moves:
    """What would change; the data are as before."""
    before = checksums(store), store.epoch, sorted(path.name for path in store.path.parent.rglob("*"))
    found = moves(store, preview, SETTINGS, **given)
    assert (checksums(store), store.epoch, sorted(path.name for path in store.path.parent.rglob("*"))) == before
    return found


def par30(store: Store, day: datetime.date) -> float:
    frame = values(store.cursor(), SETTINGS, "institution", [day], indicators=["par30"])
    return float(frame["value"].iloc[0])


def test_what_is_said_to_change_is_what_comes_of_it(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, five()))
        first = looked(store, preview)
        loans = next(one for one in first.tables if one.table == "loans")
        assert (loans.kind, loans.new, loans.changed, loans.same, loans.gone) == ("adds", 5, 0, 0, 0)
        assert (loans.first, loans.last) == (AS_OF, AS_OF)
        assert [(one.name, one.before, one.after) for one in loans.totals] == [
            ("principal_outstanding", None, 6543.03), ("loans", 0, 5),
        ]  # fmt: skip
        assert ingest.land(store, preview, "test").batch_id == 1
        was = par30(store, AS_OF)
        moved = {one.indicator: one for one in first.indicators or ()}["par30"]
        assert (moved.before, moved.after, moved.size) == (None, was, None)

        preview = seen(store, text(tmp_path, five(r1c6="900", r1c7="60", r2c1="77"), name="b.csv"), replace=True)
        second = looked(store, preview)
        (loans,) = second.tables
        assert (loans.kind, loans.new, loans.changed, loans.same, loans.gone) == ("replaces", 1, 1, 3, 1)
        sizes = [one.size for one in second.indicators or () if one.size is not None]
        assert sizes == sorted(sizes, reverse=True)
        ingest.land(store, preview, "test")
        moved = {one.indicator: one for one in second.indicators or ()}["par30"]
        assert (moved.before, moved.after) == (was, par30(store, AS_OF))
    report = second.report()
    assert report["tables"][0]["first"] == "2026-09-30" and report["periods"] == ["2026-09-30"]


def test_another_month_adds_and_a_list_updates(store: Store, tmp_path: Path) -> None:
    later = text(tmp_path, five(r1c6="800"), name="october.csv")
    clients = text(tmp_path, PEOPLE.replace("C2,M", "C2,F") + "C8,F\n", name="people.csv")
    preview = seen(store, later, clients, as_of=datetime.date(2026, 10, 31))
    found = {one.table: one for one in looked(store, preview, indicators=False).tables}
    assert (found["loans"].kind, found["loans"].new, found["loans"].gone) == ("adds", 5, 0)
    assert (found["clients"].kind, found["clients"].new, found["clients"].changed) == ("updates", 1, 1)
    assert [(one.before, one.after) for one in found["clients"].totals] == [(2, 3)]


def test_in_the_place_of_another_its_rows_are_those_that_go(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, five(r1c6="900", r5c1="99"), name="b.csv")
    found = looked(store, ingest.preview(store, [path], options(), instead_of=1), indicators=False)
    tables = {one.table: one for one in found.tables}
    loans, clients = tables["loans"], tables["clients"]
    assert (loans.kind, loans.new, loans.changed, loans.same, loans.gone) == ("replaces", 1, 1, 3, 1)
    assert (clients.kind, clients.gone, [(one.before, one.after) for one in clients.totals]) == ("updates", 2, [(2, 0)])


def test_what_would_change_is_not_said_of_data_that_changed_since(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, five(r1c6="1"), name="x.csv"))
    store.write(lambda cursor: None)
    with pytest.raises(InputError) as caught:
        moves(store, preview, SETTINGS)
    assert caught.value.key == "import.data_changed"


@pytest.mark.full
def test_checks_that_would_find_more_are_named(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, five(r3c6="700.00")))
        before = looked(store, preview)
        ingest.land(store, preview, "test")
        found = {finding.check.name: finding.count for finding in checks.run(store.cursor())}
        assert found
        assert {one.check: (one.before, one.after) for one in before.checks} == {n: (0, k) for n, k in found.items()}
        more = looked(store, seen(store, text(tmp_path, PEOPLE, name="clients.csv"))).checks
        assert {one.check for one in more} == {"unknown_client"}  # three loans are of nobody on the list
