"""The live balance of a pack: every health exact whatever the weight, and no figure that is kept back told by it."""

import datetime
import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from metrics.packs.asked import Asked
from metrics.packs.model import Live
from metrics.packs.refs import parsed, ref
from metrics.packs.sections import live
from metrics.packs.sections.masked import Scored, besides, groups
from metrics.score import score_leaves
from tests import packing

DAY = datetime.date(2026, 9, 30)
ALL = 100.0


def weighed(found: Live, asked: Asked, share: float) -> np.ndarray:
    """Healths of every unit recomputed from what the live balance tells: pillars and balance, 0..100."""
    told = [[math.nan if z is None else z for z in unit["leaves"]] for unit in found.data["units"]]
    scores = score_leaves(np.array(told, dtype=float), asked.picture.scores.policy.with_social(share))
    return ALL * np.column_stack([scores.node(path) for path in ("financial", "social", "")])


def engine(asked: Asked, share: float) -> np.ndarray:
    scores = asked.picture.scores
    again = score_leaves(scores.z, scores.policy.with_social(share))
    order = [asked.picture.scored.index(unit.id) for unit in asked.picture.units]
    return ALL * np.column_stack([again.node(path)[order] for path in ("financial", "social", "")])


SEVERAL = (("staff_turnover", "baro"), ("par30", "baro"), ("nps", "tensa"))
KEPT = [
    frozenset[str](),
    frozenset({ref("overindebted_share", DAY, branch="kolo")}),
    frozenset({ref("staff_turnover", DAY, branch="kolo")}),
    frozenset(ref(what, DAY, branch=unit) for what, unit in SEVERAL),
]


@pytest.mark.parametrize("exponent", [1.0, 0.0, -3.0, -math.inf])
@pytest.mark.parametrize("hidden", KEPT, ids=["nothing", "theme", "alone", "several"])
def test_the_healths_weighed_again_from_the_pack_are_the_engines(hidden: frozenset[str], exponent: float) -> None:
    asked = packing.asked(hidden=hidden)
    policy = asked.picture.scores.policy
    bent = replace(policy, nodes=tuple(replace(node, exponent=exponent) for node in policy.nodes))
    scores = score_leaves(asked.picture.scores.z, bent)
    asked = replace(asked, picture=replace(asked.picture, scores=scores))
    made = live.live(asked)
    for share in (0.0, 12.5, 50.0, 73.0, 100.0):
        np.testing.assert_allclose(weighed(made, asked, share), engine(asked, share), atol=1e-9)


def test_themes_weighed_otherwise_still_give_the_engines_healths_where_one_theme_is_masked() -> None:
    asked = packing.asked(hidden=KEPT[1])
    made = live.live(asked)
    policy = asked.picture.scores.policy
    moved = policy.with_theme_weights(
        {"social/gender": 4.0, "financial/efficiency": 0.5, "social/client_protection": 2.0}
    )
    order = [asked.picture.scored.index(unit.id) for unit in asked.picture.units]
    told = [[math.nan if z is None else z for z in unit["leaves"]] for unit in made.data["units"]]
    again, engines = (
        score_leaves(np.array(z, dtype=float), moved).node("") for z in (told, asked.picture.scores.z[order])
    )
    np.testing.assert_allclose(again, engines, atol=1e-12)


@pytest.mark.parametrize("hidden", KEPT[1:], ids=["theme", "alone", "several"])
def test_a_figure_kept_back_can_be_read_out_of_no_score(hidden: frozenset[str]) -> None:
    asked = packing.asked()
    kept = hidden | live.beside(asked, hidden)
    made = live.live(replace(asked, hidden=kept))
    scores = asked.picture.scores
    for name in hidden:
        what, _, ((_, unit),) = parsed(name)
        leaf = next((place for place, leaf in enumerate(scores.policy.leaves) if leaf.indicator == what), None)
        if leaf is None:
            continue
        (told,) = [one for one in made.data["units"] if one["id"] == unit]
        assert made.values[unit][leaf] is None and told["spans"] == []
        assert told["leaves"][leaf] != scores.z[asked.picture.scored.index(unit), leaf]
        alike = [place for place, z in enumerate(told["leaves"]) if z == told["leaves"][leaf]]
        unknown = [place for place in alike if ref(scores.policy.leaves[place].indicator, DAY, branch=unit) in kept]
        assert len(alike) >= 2 and len(unknown) >= 2
        assert all(made.values[unit][place] is None for place in alike)


def test_a_unit_that_keeps_nothing_back_is_told_as_it_is() -> None:
    asked = packing.asked(hidden=KEPT[1])
    made, scores = live.live(asked), asked.picture.scores
    for told in made.data["units"]:
        z = scores.z[asked.picture.scored.index(told["id"])]
        if told["id"] != "kolo":
            assert told["leaves"] == [None if math.isnan(one) else one for one in z]


def scored(present: str, hidden: str, people: Mapping[str, int] | None = None, short: str = "") -> Scored:
    policy = packing.asked().policy
    paths = {leaf.indicator: leaf.path for leaf in policy.leaves}
    return Scored(
        policy, frozenset(paths[name] for name in present.split()), frozenset(paths[name] for name in hidden.split()),
        {paths[name]: n for name, n in (people or {}).items()}, frozenset(short.split()),
    )  # fmt: skip


def test_a_theme_is_told_as_one_and_one_alone_with_the_lightest_beside_it() -> None:
    (found,) = groups(scored("par30 write_off_ratio oss", "par30"))
    assert (found.above, len(found.parts)) == ("financial/portfolio_quality", 2)
    (found,) = groups(scored("staff_turnover nps retention_rate rural_share", "staff_turnover"))
    assert found.parts == {"social/staff", "social/poverty_outreach"}
    (found,) = groups(scored("oss staff_turnover", "staff_turnover"))
    assert (found.above, found.parts) == ("", {"financial", "social"})
    (found,) = groups(scored("staff_turnover nps rural_share", "staff_turnover", short="social/poverty_outreach"))
    assert found.parts == {"social/staff", "social/satisfaction"}


def test_of_a_group_with_one_unknown_the_figure_of_the_fewest_people_is_kept_back_too() -> None:
    people = {"par30": 900, "write_off_ratio": 300, "renegotiated_ratio": 500}
    found = besides(scored("par30 write_off_ratio renegotiated_ratio oss", "par30", people))
    assert found == ["financial/portfolio_quality/write_off_ratio"]
    assert besides(scored("par30 write_off_ratio oss", "par30 write_off_ratio", people)) == []
