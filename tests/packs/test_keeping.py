"""What a pack of some branches calls its places, and what an earlier pack kept back and a later one must not tell."""

from metrics.packs.keeping import hidden_in, within
from metrics.packs.model import HIDDEN, Column, Number, Pack, Section, Table

DAY = "2026-09-30"


def pack(*found: Number) -> Pack:
    """A pack of one table."""
    table = Table("t", "T", (Column("A"), Column("B", "number")), tuple(("x", one) for one in found))
    return Pack("P", "Demo", "en", DAY, "k", "", (Section("s", "table", "S", "M", (table,)),), (), (), {})


def par(n: int | None, branch: str = "", hidden: str = "") -> Number:
    place = f"branch={branch}" if branch else ""
    return Number(None if hidden else 0.1, "10 %", "%", f"par30|{DAY}|{place}", n, hidden=hidden)


def test_what_was_kept_back_once_is_kept_back_with_what_would_tell_it() -> None:
    now = pack(par(60), par(14, "a"), par(16, "b"), par(30, "c"))
    assert hidden_in(now) == frozenset()
    earlier = pack(par(None, "a", HIDDEN))
    assert hidden_in(now, [earlier]) == {f"par30|{DAY}|branch=a", f"par30|{DAY}|branch=b"}


def test_a_branch_has_one_place_in_a_pack_of_whichever_branches() -> None:
    held = {"branches": "baro+kolo", "gender": "F"}
    assert within((("branch", "kolo"),), held) == (("branch", "kolo"), ("gender", "F"))
    assert within((), held) == (("branches", "baro+kolo"), ("gender", "F"))
