"""Columns that become indicators of the institution's own: with their first values, into a policy, and out again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metrics import catalogue, ingest, own, picture, units, values, versions, weighing
from metrics.errors import EvenkeelError, InputError
from metrics.ingest import Preview, defining, kept, offers
from metrics.policy import Policy, load
from metrics.store import Store
from metrics.tree import Leaf
from tests.ingesting import AS_OF, landed, opened, refusal, seen, text

SHEET = "Agence;Énergie verte %;Formés\nKolo;12,5;40\nBaro;48;22\n"
GREEN: dict[str, Any] = {
    "heading": "Énergie verte %", "title": "Energie verte", "pillar": "social", "unit": "%", "better": "higher",
    "worst": 0, "best": 0.6,
}  # fmt: skip
HOSTILE = "=**x** <script>alert(1)</script> $1$ \"'] [node] {0} \\ /* --"


@pytest.fixture(autouse=True)
def left_as_found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No other test sees the definitions of these."""
    yield
    own.use(tmp_path_factory.mktemp("none"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database of its own."""
    with opened(tmp_path) as store:
        yield store


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty database that nothing lands in."""
    with opened(tmp_path_factory.mktemp("nothing")) as store:
        yield store


def wanted(**changes: Any) -> dict[str, Any]:
    """A mapping that makes the green column an indicator, with changes in its definition."""
    return {"indicators": {"own_green": {**GREEN, **changes}}}


def scored(store: Store, folder: Path) -> ingest.Landed:
    """The sheet landed, its green column scored."""
    return landed(store, text(folder, SHEET, name="agences.csv"), mapping=wanted(scored=True))


def green(store: Store, by: str = "branch") -> dict[str, tuple[float, str]]:
    """Unit -> value and status of the indicator."""
    frame = values.values(store.cursor(), load("equal").settings, by=by, indicators=["own_green"])
    figures = zip(frame["unit"], frame["value"], frame["status"], strict=True)
    return {str(unit): (round(float(value), 9), str(status)) for unit, value, status in figures}


def test_a_column_lands_as_a_watched_indicator_with_its_values(store: Store, tmp_path: Path) -> None:
    mapping = text(
        tmp_path,
        '[indicators.own_green]\nheading = "Énergie verte %"\ntitle = "Energie verte"\npillar = "social"\nunit = "%"\n'
        'better = "higher"\nworst = 0\nbest = 0.6\n',
        name="own.toml",
    )
    landed(store, text(tmp_path, SHEET, name="agences.csv"), mapping=mapping)
    assert green(store) == {"Kolo": (0.125, "as_reported"), "Baro": (0.48, "as_reported")}
    found = catalogue.indicators()["own_green"]
    assert (found.path, found.units) == ("social/own/own_green", ("institution", "branch"))
    assert 'agences.csv, column "Énergie verte %"' in found.text("en", "summary")
    assert versions.versions(store.cursor()) == []


def test_a_definition_chosen_on_the_page_is_found_by_the_headings(store: Store, tmp_path: Path) -> None:
    told = kept.fingerprint(["Agence", "Énergie verte %", "Formés"])
    landed(store, text(tmp_path, SHEET), mappings={told: wanted()})
    assert green(store)["Kolo"] == (0.125, "as_reported")


def test_the_next_sheet_is_read_without_a_mapping(store: Store, tmp_path: Path) -> None:
    scored(store, tmp_path)
    later = "Institution;Énergie verte %;PAR30 %\nAlpha;33;5\n"
    landed(store, text(tmp_path, later, name="later.csv"))
    one = catalogue.indicators()["own_green"].own
    assert one is not None and one.units == ("branch", "institution")
    assert green(store, "institution")["Alpha"] == (0.33, "as_reported")


def test_a_scored_one_counts_as_much_as_its_pillars_average_leaf(store: Store, tmp_path: Path) -> None:
    done = scored(store, tmp_path)
    assert [note.params["policy"] for note in done.notes if note.key == "own.note_scored"] == ["equal@1"]
    shares = social(versions.load(store.cursor(), "equal@1"))
    before = social(load("equal"))
    mine = shares.pop("own_green")
    assert mine == pytest.approx(sum(before.values()) / (len(before) + 1))
    assert shares == pytest.approx({name: share * (1 - 2 * mine) for name, share in before.items()})


def social(policy: Policy) -> dict[str, float]:
    """Social indicator -> share of the balance."""
    pairs = zip(policy.leaves, policy.tree().shares()[0], strict=True)
    return {leaf.indicator: float(share) for leaf, share in pairs if leaf.path.startswith("social/")}


def test_a_second_one_counts_like_the_first_and_both_can_leave(store: Store) -> None:
    first = own.of("", "own_a", {**GREEN, "title": "A"})
    second = replace(first, id="own_b", title="B")
    before = load("equal")
    both = weighing.added(weighing.added(before, first), second)
    shares = social(both)
    assert shares["own_a"] == pytest.approx(shares["own_b"]) == pytest.approx(0.5 / 10)
    back = weighing.removed(weighing.removed(both, first), second)
    assert social(back) == pytest.approx(social(before))
    assert weighing.added(both, first) is both


def test_the_score_moves_with_its_value(store: Store, tmp_path: Path) -> None:
    scored(store, tmp_path)
    small = Policy("small", "Small", (), (Leaf("financial/own/own_x"), Leaf("social/own/own_green")))
    small = replace(small, leaves=small.leaves[1:])
    healths = units.score_all(store.cursor(), picture.resolved(small), "branch", [], [AS_OF])
    found = {unit: float(z) for (_, unit), z in zip(healths.rows, healths.scores.node("social"), strict=True)}
    assert found == pytest.approx({"Kolo": 0.125 / 0.6, "Baro": 0.8})


def test_a_scored_one_says_where_a_policy_is_missing_and_nothing_is_left(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, SHEET), mapping=wanted(scored=True, policy="nowhere"))
    with pytest.raises(EvenkeelError, match="nowhere"):
        ingest.land(store, preview, "test")
    assert "own_green" not in catalogue.indicators()
    assert list(store.path.parent.glob("indicators/*/*/*")) == []
    assert store.cursor().execute("SELECT count(*) FROM reported_values").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"heading": "Agence"}, "own.column_known"),
        ({"heading": "Vert"}, "import.heading_missing"),
        ({"heading": "Ville"}, "own.not_numeric"),
        ({"heading": "Audit"}, "own.not_numeric"),
        ({"worst": 0.6}, "own.worst_is_best"),
    ],
)
def test_a_wrong_definition_is_refused(nothing: Store, tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    sheet = "Agence;Énergie verte %;Ville;Audit\nKolo;12,5;Nord;1\nBaro;48;Sud;0\n"
    assert refusal(nothing, text(tmp_path, sheet), mapping=wanted(**changes)).key == key
    assert list(nothing.path.parent.glob("indicators/*/*/*")) == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"pillar": "green"}, "errors.definition_bad_value"),
        ({"worst": 0.6}, "own.worst_is_best"),
        ({"worst": 0.9}, "own.against_higher"),
        ({"better": "lower"}, "own.against_lower"),
        ({"best": "much"}, "errors.definition_bad_value"),
        ({"title": "PAR30"}, "own.title_taken"),
        ({"title": " \n"}, "own.bad_title"),
        ({"title": "a\u202eb"}, "own.bad_title"),
        ({"heading": ""}, "errors.definition_missing_key"),
        ({"wieght": 3}, "errors.definition_unknown_key"),
        ({"scored": "yes"}, "errors.definition_bad_value"),
    ],
)
def test_every_part_of_a_definition_is_checked(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(InputError) as caught:
        defining.read({"own_green": {**GREEN, **changes}}, "agences.csv")
    assert caught.value.key == key and "agences.csv" in caught.value.text("fr")


@pytest.mark.parametrize("name", ["par30", "own_", "own_Ü", "own_../x", "own_" + "x" * 60])
def test_an_id_begins_with_own_and_is_plain(name: str) -> None:
    with pytest.raises(InputError) as caught:
        defining.read({name: GREEN}, "agences.csv")
    assert caught.value.key == "own.bad_id"


def test_what_stands_in_the_catalogue_is_not_changed_by_an_import(store: Store, tmp_path: Path) -> None:
    scored(store, tmp_path)
    file = text(tmp_path, SHEET.replace("48", "49"), name="again.csv")
    assert refusal(store, file, mapping=wanted(best=0.9)).key == "own.other_definition"
    assert catalogue.indicators()["own_green"].goalposts == (0.0, 0.6)


def test_a_list_of_records_has_no_indicator_of_ones_own(nothing: Store, tmp_path: Path) -> None:
    sheet = SHEET + "Kolo;13;41\n"
    assert refusal(nothing, text(tmp_path, sheet), mapping=wanted()).key == "own.several_rows"
    nobody = text(tmp_path, SHEET.replace("Agence", "Qui"), name="nobody.csv")
    assert refusal(nothing, nobody, mapping=wanted()).key == "own.no_unit"


def test_a_sheet_of_unknown_figures_offers_them(nothing: Store, tmp_path: Path) -> None:
    preview = seen(nothing, text(tmp_path, SHEET))
    assert [question.key for question in preview.questions] == ["own.question_offers"]
    found = offered(preview)
    assert [(one.heading, one.id, one.unit, one.percent) for one in found] == [
        ("Énergie verte %", "own_energie_verte", "%", True), ("Formés", "own_formes", "count", False),
    ]  # fmt: skip
    assert [(one.low, one.high) for one in found] == [(12.5, 48.0), (22.0, 40.0)]


def offered(preview: Preview) -> tuple[offers.Offer, ...]:
    """What the first sheet offers."""
    return offers.offers(preview.readings[0])


def test_beside_known_columns_unknown_figures_are_offered_without_a_question(nothing: Store, tmp_path: Path) -> None:
    sheet = "Agence;PAR30 %;Arbres;Ville;Audit\nKolo;5,2;10;Nord;1\nBaro;3,1;7;Sud;0\n"
    preview = seen(nothing, text(tmp_path, sheet))
    assert preview.questions == ()
    assert [one.heading for one in offered(preview)] == ["Arbres"]


def test_figures_of_records_are_not_offered(nothing: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        landed(nothing, text(tmp_path, "Agence;Arbres\nKolo;10\nKolo;7\nBaro;3\n"))
    assert caught.value.key == "import.nothing_recognised"


def test_counts_of_branches_make_no_figure_of_the_whole(store: Store, tmp_path: Path) -> None:
    sheet = "Agence;Clients;Énergie verte %;Formés\nKolo;100;10;40\nBaro;300;50;22\n"
    trained = {**GREEN, "heading": "Formés", "title": "Formés", "unit": "count", "best": 50}
    landed(store, text(tmp_path, sheet), mapping={"indicators": {**wanted()["indicators"], "own_trained": trained}})
    assert green(store, "institution") == {"own": (0.4, "as_reported")}
    assert catalogue.indicators()["own_trained"].units == ("branch",)


def test_hostile_words_stay_text_in_files_and_policies(store: Store, tmp_path: Path) -> None:
    heading = HOSTILE.replace('"', "'")
    sheet = text(tmp_path, f'Agence;"{heading}"\nKolo;12,5\nBaro;48\n')
    landed(store, sheet, mapping=wanted(heading=heading, title=HOSTILE, scored=True))
    one = catalogue.indicators()["own_green"]
    assert one.text("en", "title") == HOSTILE and one.own is not None and one.own.headings == (heading,)
    assert versions.load(store.cursor(), "equal@1").leaves[-1].indicator == "own_green"


def test_a_withdrawn_one_leaves_the_catalogue_and_every_policy(store: Store, tmp_path: Path) -> None:
    scored(store, tmp_path)
    one = catalogue.indicators()["own_green"].own
    assert one is not None
    assert weighing.withdraw(store, store.path.parent, one, "test") == "equal@2"
    assert "own_green" not in catalogue.indicators()
    assert (store.path.parent / "indicators/withdrawn/social/own_green.toml").exists()
    for name in ("equal@1", "equal@2"):
        leaves = versions.resolved(versions.load(store.cursor(), name)).leaves
        assert [leaf.indicator for leaf in leaves] == [leaf.indicator for leaf in load("equal").leaves]
    with pytest.raises(EvenkeelError, match="no longer"):
        weighing.withdraw(store, store.path.parent, one, "test")
    with pytest.raises(InputError) as caught:
        defining.read(wanted(best=0.9)["indicators"], "later.csv")
    assert caught.value.key == "own.other_definition"
    assert defining.read(wanted()["indicators"], "later.csv")["own_green"].own.same(one)


def test_a_wrong_file_is_left_out_and_said(store: Store, tmp_path: Path) -> None:
    scored(store, tmp_path)
    file = store.path.parent / "indicators/social/own/own_green.toml"
    sound = file.read_text(encoding="utf-8")
    wrong = {"a": sound + "bettr = 1\n", "b": sound.replace("[0.0, 0.6]", "[0.6]"), "c": "=", "d": sound + "units = 3"}
    for name, content in wrong.items():
        file.with_name(f"own_{name}.toml").write_text(content, encoding="utf-8")
    file.with_name("par30.toml").write_text(sound, encoding="utf-8")
    own.use(store.path.parent)
    assert [one.id for one in own.every()] == ["own_green"]
    assert [fault.params["file"] for fault in own.faults()] == [*(f"own_{name}.toml" for name in wrong), "par30.toml"]
    assert 'Did you mean "better"?' in str(own.faults()[0])
