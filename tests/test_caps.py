"""Hard caps: a red limit that a policy names makes a unit critical whatever its means, and is shown as such."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from metrics import comparing, findings, kept, limits, policy
from metrics.errors import DefinitionError
from metrics.picture import Picture, live_data, picture
from metrics.policy import Policy
from metrics.standing import View
from metrics.store import Store
from metrics.versions import resolved
from tests.fresh import open_copy

CAP = "par30"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(open_copy(tmp_path_factory.mktemp("caps"))) as found:
        yield found


def shown(store: Store, given: Policy) -> Picture:
    with closing(store.cursor()) as cursor:
        return picture(cursor, given)


def strict(red: float = 0.06) -> Policy:
    """The equal weighting with a red limit of PAR30 that some branches within their limits break."""
    base = policy.load("equal")
    return replace(base, caps=(CAP,), limits={**base.limits, CAP: (0.03, red)})


def test_no_shipped_policy_caps_anything() -> None:
    assert [name for name in policy.names() if policy.load(name).caps] == []
    assert "caps" not in policy.load("equal").to_toml()


def test_a_red_limit_caps_the_colour_and_leaves_every_number(store: Store) -> None:
    free, capped = shown(store, replace(strict(), caps=())), shown(store, strict())
    before = {unit.id: unit for unit in free.units}
    seen = set()
    for unit in capped.units:
        was = before[unit.id]
        red = next(driver for driver in unit.drivers if driver.indicator == CAP).level == "red"
        for side in ("financial", "social", "balance", "rank"):
            assert getattr(unit, side) == getattr(was, side)
        if red:
            seen.add(was.status)
            assert (unit.status, unit.capped) == ("critical", CAP)
            assert unit.cause == (was.cause if was.status == "critical" else "financial")
            assert not unit.missed and unit.since is not None
            assert findings.status_text("en", unit) == "Critical, capped by PAR30"
            assert findings.status_text("fr", unit).startswith("Critique")
        else:
            assert unit == was
    assert "within" in seen, "no unit is capped that its means leave within limits"
    assert len(findings.acting(capped)) > len(findings.acting(free))


def test_a_unit_needs_action_since_its_cap_was_broken(store: Store) -> None:
    found = next(unit for unit in shown(store, strict()).units if unit.capped and unit.id)
    with closing(store.cursor()) as cursor:
        lines = limits.in_force(cursor, strict())
        before = [day for day in shown(store, strict()).periods if found.since and day < found.since]
        then = picture(cursor, strict(), before[-1])
    was = next(unit for unit in then.units if unit.id == found.id)
    assert was.status == "within" and CAP in lines


def test_without_a_figure_nothing_is_capped(store: Store) -> None:
    assert not [unit.name for unit in shown(store, strict(red=5.0)).units if unit.capped]


def test_the_component_is_told(store: Store) -> None:
    capped = shown(store, strict())
    told = {unit["id"]: unit["capped"] for unit in live_data(capped, "en")["units"]}
    assert told == {unit.id: "PAR30" if unit.capped else "" for unit in capped.units}


def test_one_capped_unit_alone_is_said_to_be(store: Store) -> None:
    capped = shown(store, strict())
    one = next(unit for unit in capped.units if unit.capped)
    text = findings.headline(replace(capped, units=(one,)), "en")
    assert text.startswith(f"{one.name} is critical, capped by PAR30 over its red limit")


def test_caps_go_into_the_file_and_come_back() -> None:
    text = resolved(strict()).to_toml()
    assert 'caps = ["par30"]' in text
    assert Policy.from_toml(text, "equal").caps == (CAP,)
    apart = [one.text("en") for one in comparing.differences(resolved(policy.load("equal")), resolved(strict()), "en")]
    assert "Red limits that make critical: none → PAR30" in apart


@pytest.mark.parametrize(
    ("written", "wanted"), [('caps = "par30"', "list"), ("caps = [30]", "text"), ('caps = ["par31"]', "par30")]
)
def test_a_wrong_cap_is_refused_with_a_sentence(written: str, wanted: str) -> None:
    text = policy.load("equal").to_toml()
    with pytest.raises(DefinitionError, match=wanted):
        resolved(Policy.from_toml(f"{written}\n{text}", "mine"))


def test_what_is_not_scored_caps_nothing() -> None:
    watched = next(name for name in ("par90", "par1") if name not in {leaf.indicator for leaf in strict().leaves})
    with pytest.raises(DefinitionError, match=watched):
        resolved(replace(strict(), caps=(watched,)))


def test_a_scenario_keeps_what_caps(store: Store) -> None:
    given = strict()
    one = kept.save(store, given, View(shown(store, given).as_of), "Capped", "Awa")
    assert one.policy.caps == (CAP,)
    capped = {unit.id for unit in shown(store, given).units if unit.capped}
    assert {unit.id for unit in one.result.units if unit.capped == CAP} == capped
    assert kept.reopen(store, one).exact
