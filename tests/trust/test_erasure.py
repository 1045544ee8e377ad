"""Erasing a client: no byte of the person stays, money and counts do, what differs is told with its reason."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from metrics import access, activity, measures
from metrics.access import Actor, Forbidden
from metrics.errors import EvenkeelError
from metrics.ingest import land, preview
from metrics.personal import erasing
from metrics.reworking import from_raw
from metrics.store import Store
from tests.fresh import opened
from tests.prove.trust_erasure import KEPT
from tests.trust import marking
from tests.trust.marking import CLIENT, MARKS, NAME

WORDS = tuple(NAME.split())
MONEY = "SELECT sum(principal_outstanding)::VARCHAR, count(*) FROM facts.loans"


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which one workbook with names landed, kept as it was given."""
    folder = tmp_path_factory.mktemp("erasure")
    store = opened(folder / "data")
    seen = preview(store, [marking.workbook(folder / "march.xlsx", marking.tables())], KEPT)
    with closing(seen.cursor):
        land(store, seen, "steward")
    store.close()
    return folder / "data"


@pytest.fixture
def store(landed: Path, tmp_path: Path) -> Iterator[Store]:
    data = tmp_path / "data"
    shutil.copytree(landed, data)
    found = Store.open(data)
    measures.ensure(found.cursor())
    yield found
    found.close()


def test_no_byte_of_an_erased_client_stays_and_the_rest_does(store: Store) -> None:
    data, before = store.path.parent, store.cursor().execute(MONEY).fetchall()
    assert {mark for _, mark in marking.found_in(data)} >= {CLIENT, *WORDS}
    told = erasing.erase(store, CLIENT, "asked for it", words=WORDS)
    assert marking.found_in(data) == []
    assert store.cursor().execute(MONEY).fetchall() == before
    assert told.rows["loans"] == 1 and told.figures > 0
    store.close()
    from_raw(data)
    again = Store.open(data)
    assert marking.found_in(data) == []
    assert again.cursor().execute(MONEY).fetchall() == before
    assert activity.broken(list(activity.entries(again.cursor()))) is None
    again.close()


def test_deleting_alone_leaves_bytes_in_the_file(store: Store) -> None:
    store.write(lambda cursor: cursor.execute("DELETE FROM facts.clients WHERE client_id = ?", [CLIENT]))
    store.write(lambda cursor: cursor.execute("DELETE FROM facts.loans WHERE client_id = ?", [CLIENT]))
    store.cursor().execute("CHECKPOINT")
    assert CLIENT.encode() in store.path.read_bytes()


@pytest.mark.full
def test_a_look_changes_nothing_and_names_the_reason_of_what_would_differ(store: Store) -> None:
    with closing(store.cursor()) as cursor:
        # At the end of March she was 34 by her birthday, and is 35 by her year alone.
        born = "UPDATE facts.clients SET birth_date = '1991-12-17' WHERE client_id = ?"
        store.write(lambda c: c.execute(born, [CLIENT]))
        store.write(lambda c: measures.build(c, None))
        told = erasing.look(store, CLIENT)
        still = cursor.execute("SELECT count(*) FROM facts.clients WHERE client_id = ?", [CLIENT]).fetchall()
    assert still == [(1,)]
    assert {one.reason for one in told.changes} <= {"birth_date", "district", "words"}


@pytest.mark.full
def test_a_half_done_erasure_is_finished_when_the_data_are_next_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(store, CLIENT, "asked for it", words=WORDS)
    assert marking.found_in(store.path.parent) != []
    erasing.finish(store)
    assert marking.found_in(store.path.parent) == []


@pytest.mark.parametrize(
    ("client", "reason", "key"),
    [
        ("C-nobody", "asked", "personal.no_such_client"), (CLIENT, " ", "personal.no_reason"),
        (CLIENT, f"letter of {NAME}", "personal.reason_names"),
    ],
)  # fmt: skip
def test_what_cannot_be_erased_is_refused_with_a_sentence(store: Store, client: str, reason: str, key: str) -> None:
    with pytest.raises(EvenkeelError) as refused:
        erasing.erase(store, client, reason, words=WORDS)
    assert refused.value.key == key


def test_only_who_may_erase_erases(store: Store) -> None:
    with access.acting(Actor("steward@example.org", "steward")), pytest.raises(Forbidden):
        erasing.erase(store, CLIENT, "asked for it")


@pytest.mark.full
def test_the_account_says_what_was_done_and_not_to_whom(store: Store) -> None:
    erasing.erase(store, CLIENT, "asked for it", words=WORDS)
    entry = next(one for one in activity.entries(store.cursor()) if one.what == "erase")
    assert entry.subject.startswith("k-") and entry.after is not None and entry.after["reason"] == "asked for it"
    assert not [mark for mark in MARKS if mark in str(vars(entry))]
