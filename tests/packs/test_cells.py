"""Cells of a pack: one figure kept back takes with it all that would tell it, and levels are those that are shown."""

import datetime
from dataclasses import replace

import pytest

from metrics.catalogue import indicators
from metrics.packs import cells
from metrics.packs.asked import Comment
from metrics.packs.model import HIDDEN
from metrics.packs.refs import ref
from tests import packing

DAY, JUNE = datetime.date(2026, 9, 30), datetime.date(2026, 6, 30)
KOLO = {"branch": "kolo"}


def test_a_share_is_kept_back_with_the_count_that_it_would_tell() -> None:
    asked = packing.asked(hidden=frozenset({ref("borrowers", DAY, **KOLO)}))
    assert cells.share(asked, "borrowers", 0.04, 4.0, **KOLO).hidden == HIDDEN
    assert cells.share(asked, "borrowers", 0.04, 4.0, branch="baro").value == 0.04


def test_the_people_and_the_status_of_a_figure_are_kept_back_with_it() -> None:
    one, asked = indicators()["par30"], packing.asked(hidden=frozenset({ref("par30", DAY, **KOLO)}))
    for cell in (cells.people(asked, one, 7.0, **KOLO), cells.status(asked, one, 0.2, **KOLO)):
        assert (cell.hidden, cell.value, cell.n, cell.level) == (HIDDEN, None, None, "")
    assert cells.people(asked, one, 70.0, branch="baro").value == 70.0


@pytest.mark.parametrize(
    ("beyond", "level"),
    [(0.0, "within"), (-0.4, "within"), (-0.6, "below"), (-20.0, "below"), (-20.4, "below"), (-20.6, "critical")],
)
def test_a_health_has_the_level_of_the_number_that_is_shown(beyond: float, level: str) -> None:
    asked = packing.asked()
    policy = replace(asked.policy, decimals=0, health_limit=60.0, health_critical=40.0)
    scores = replace(asked.picture.scores, policy=policy)
    asked = replace(asked, picture=replace(asked.picture, policy=policy, scores=scores))
    assert cells.health(asked, "balance", asked.picture.units[0], 60.0 + beyond).level == level


@pytest.mark.parametrize(("day", "dated"), [(DAY, False), (JUNE, True)])
def test_a_comment_of_an_earlier_pack_says_of_which_beside_its_figure(day: datetime.date, dated: bool) -> None:
    text = cells.said(packing.asked(), Comment("Floods.", "Awa", day))
    assert text.startswith("Floods. (Awa")
    assert ("2026" in text) is dated
