"""Peers put a value in its place: the user's own first, published ones as printed, and never in a score."""

import csv
from pathlib import Path

import pytest

from metrics import catalogue, peers
from metrics.peers import Peers
from metrics.store import Scope
from metrics.words import LANGUAGES
from tests import source
from tests.records import land, opened

OURS = {
    "opex_glp": "operating_expense_ratio",
    "borrower_retention": "retention_rate",
    "avg_loan_balance_gni": "average_loan_balance_gni",
}
GROUPS = {
    "latest FY2016-2018, one row per MFI": None,
    "latest FY2012-2018 region=Africa": ("region", "africa"),
    "latest FY2012-2018 legal=NBFI": ("legal_form", "nbfi"),
}
TWELVE = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.10, 0.11, 0.12]


def peer(name: str, value: float, year: int = 2025, **other: object) -> dict[str, object]:
    return {"peer": name, "value": value, "year": year, "indicator_id": "par30", "source": "Network", **other}


def published(indicator: str, group: peers.Group | None = None) -> Peers:
    return peers._mix(indicator, group)[0]


def test_the_own_table_comes_before_published_percentiles(tmp_path: Path) -> None:
    store = opened(tmp_path, peer_values=[peer("a", 0.02)])
    found = peers.percentiles(store.cursor(), "par30")
    assert [(one.source, one.hollow) for one in found] == [("own", False), ("published", True)]


def test_a_peer_counts_once_in_its_latest_year(tmp_path: Path) -> None:
    store = opened(tmp_path, peer_values=[peer("a", 0.9, 2023), peer("a", 0.2), peer("b", 0.4, 2024)])
    own = peers.percentiles(store.cursor(), "par30")[0]
    assert (own.values, own.years, own.n, own.p50) == ((0.2, 0.4), (2024, 2025), 2, pytest.approx(0.3))


def test_few_peers_have_a_median_but_no_outer_percentiles(tmp_path: Path) -> None:
    three = opened(tmp_path / "3", peer_values=[peer(str(i), v) for i, v in enumerate(TWELVE[:3])])
    twelve = opened(tmp_path / "12", peer_values=[peer(str(i), v) for i, v in enumerate(TWELVE)])
    few, many = (peers.percentiles(store.cursor(), "par30")[0] for store in (three, twelve))
    assert (few.p50, few.p25, few.p10) == (0.02, None, None)
    assert (many.p10, many.p90) == (pytest.approx(0.021), pytest.approx(0.109))


def test_a_group_of_the_own_table_takes_its_peers_only(tmp_path: Path) -> None:
    rows = [peer("a", 0.2, region="Sahel", size="small"), peer("b", 0.4, region="Coast", size="small")]
    cursor = opened(tmp_path, peer_values=rows).cursor()
    assert peers.percentiles(cursor, "par30", ("region", "Sahel"))[0].values == (0.2,)
    assert peers.percentiles(cursor, "par30", ("size", "small"))[0].values == (0.2, 0.4)
    assert peers.groups(cursor, "par30")[:3] == [("region", "Coast"), ("region", "Sahel"), ("size", "small")]


def test_a_reader_of_another_institution_sees_no_peers_of_ours(tmp_path: Path) -> None:
    store = opened(tmp_path, peer_values=[peer("a", 0.2)])
    land(store, "other", institutions=[{"institution_name": "Other"}])
    found = peers.percentiles(store.cursor(Scope(institutions=("other",))), "par30")
    assert [one.source for one in found] == ["published"]


@pytest.mark.parametrize(("value", "share"), [(0.005, 0.0), (0.06, 5.5 / 12), (0.065, 0.5), (0.2, 1.0)])
def test_the_place_among_own_peers_is_the_share_below_with_ties_counted_half(value: float, share: float) -> None:
    own = Peers("par30", "own", "own", (2025, 2025), None, 12, values=tuple(TWELVE))
    assert peers.place(own, value) == pytest.approx(share)


def test_the_place_among_published_percentiles_is_on_a_straight_line_between_them() -> None:
    par30 = published("par30")  # p25 0.006, p50 0.0206
    assert peers.place(par30, 0.006) == pytest.approx(0.25)
    assert peers.place(par30, (0.006 + 0.0206) / 2) == pytest.approx(0.375)


@pytest.mark.parametrize(("value", "side"), [(0.0008, "below_p10"), (0.1130, "above_p90"), (0.0009, None)])
def test_outside_the_published_percentiles_only_the_side_is_told(value: float, side: str | None) -> None:
    par30 = published("par30")  # p10 0.0009, p90 0.1129
    assert peers.beyond(par30, value) == side
    assert (peers.place(par30, value) is None) == (side is not None)


def test_a_value_that_several_percentiles_share_stands_in_their_middle() -> None:
    flat = Peers("par30", "published", "mix", (2016, 2018), None, 50, 0.0, 0.0, 0.0, 0.1, 0.2)
    assert peers.place(flat, 0.0) == pytest.approx(0.3)


def test_an_unknown_value_has_no_place() -> None:
    assert [peers.place(published("par30"), value) for value in (None, float("nan"))] == [None, None]


def test_published_figures_are_left_out_where_the_definition_in_force_is_another(tmp_path: Path) -> None:
    cursor = opened(tmp_path).cursor()
    mix = {"renegotiated_at_risk": True, "par_from_30": False, "par_overdue_amount": False}
    assert len(peers.percentiles(cursor, "par30", settings=mix)) == 1
    assert peers.percentiles(cursor, "par30", settings={**mix, "renegotiated_at_risk": False}) == []


def test_the_two_published_values_of_one_year_are_both_shown_with_their_doubt(tmp_path: Path) -> None:
    found = peers.percentiles(opened(tmp_path).cursor(), "quality_of_life_improved")
    shown = [(one.years[0], one.average, one.doubt) for one in found]
    assert shown == [(2022, 0.88, ""), (2023, 0.89, "conflict"), (2023, 0.81, "conflict")]
    assert peers.place(found[0], 0.9) is None


@pytest.mark.parametrize(("language", "label"), [("en", "Africa, 41 institutions, 2012–18"), ("fr", "Afrique, 41")])
def test_the_label_names_the_years_and_the_citation_the_source(language: str, label: str) -> None:
    africa = Peers("par30", "published", "mix", (2012, 2018), ("region", "africa"), 41)
    assert africa.label(language).startswith(label)
    assert "MIX Market" in africa.cite(language) and "12–18" in africa.cite(language)


def test_every_published_group_has_a_name_in_each_language() -> None:
    among = {("among", row["among"]) for row in peers._rows("sixty_decibels")} - {("among", "all")}
    for group in [*peers._published_groups(), *among]:
        assert all(peers.group_name(language, group) != group[1] for language in LANGUAGES)


def test_an_institution_finds_the_published_groups_that_it_belongs_to(tmp_path: Path) -> None:
    store = opened(tmp_path)
    row = {"institution_name": "O", "region": "Africa", "legal_status": "Non-bank financial institution"}
    land(store, institutions=[row])
    assert peers.home(store.cursor()) == [("region", "africa"), ("legal_form", "nbfi")]


def test_published_indicators_are_in_the_catalogue() -> None:
    named = {row["indicator_id"] for name in ("mix_percentiles", "sixty_decibels") for row in peers._rows(name)}
    assert named - catalogue.indicators().keys() == set()


def test_the_percentiles_are_those_that_were_published(shared: Path) -> None:
    with (shared / "golden/mix/peer_percentiles.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["peer_group"] in GROUPS]
    compared = 0
    for row in rows:
        found = peers._mix(OURS.get(row["indicator"], row["indicator"]), GROUPS[row["peer_group"]])
        for one in found:
            printed = tuple(float(row[name]) for name in ("p10", "p25", "median", "p75", "p90"))
            assert (one.n, one.p10, one.p25, one.p50, one.p75, one.p90) == (int(row["n"]), *printed)
            compared += 1
    assert compared == 75


READ_NO_PEERS = ("score", "units", "findings", "picture", "composite", "contribution", "balance", "policy", "limits")


@pytest.mark.parametrize("path", source.python(*(f"metrics/{name}.py" for name in READ_NO_PEERS)), ids=source.dotted)
def test_no_score_colour_or_headline_reads_peers(path: Path) -> None:
    assert not [name for name in source.imports(path) if name.startswith("metrics.peers")]
