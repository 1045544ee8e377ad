"""Policies: text both ways, refusals that name place and remedy, and what-ifs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import policy
from metrics.errors import DefinitionError
from metrics.policy import Leaf, Node, Policy

LEAF = '[node."social/care/nps"]\n'


def two_pillars(**changed: object) -> Policy:
    parts: dict[str, object] = {
        "name": "two",
        "title": "Two pillars",
        "nodes": (Node("financial", weight=60), Node("social", weight=40)),
        "leaves": (
            Leaf("financial/quality/par30", goalposts=(0.1, 0)),
            Leaf("financial/earning/oss", goalposts=(0.8, 1.2)),
            Leaf("social/care/nps", 3, goalposts=(-1, 1)),
        ),
    }
    return Policy(**{**parts, **changed})


def refusal(text: str) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        Policy.from_toml(text, "board", "board.toml")
    return caught.value


def test_a_policy_written_and_read_back_is_the_same() -> None:
    mine = two_pillars(
        title='Our "own" view\\2026',
        decimals=0,
        settings={"par_from_30": True, "overindebted_line": 0.4},
        limits={"par30": (0.05, 0.1), "oss": (None, 0.95)},
        health_limit=55.5,
        watch=5,
        leaves=(
            Leaf("financial/yield", 0.1, (0.1, 0.2, 0.3, 0.5)),
            Leaf("social/income", 1, (100, 75000), "log", "gni"),
        ),
        nodes=(Node("", exponent=float("-inf"), epsilon=0.01), Node("social", 1e-7, 0.5, 0, 0.3, True)),
    )
    assert Policy.from_toml(mine.to_toml(), "two") == mine


exponents = st.one_of(st.floats(-50, 50), st.sampled_from([float("-inf"), float("inf"), 0.0]))
formula = (exponents, st.floats(0, 0.99), st.floats(0, 1), st.booleans())
below = st.sampled_from(["financial", "social", "social/a b", 'social/"x"'])
nodes = st.one_of(
    st.builds(Node, st.just(""), st.just(1.0), *formula), st.builds(Node, below, st.floats(0, 1e6), *formula)
)
leaves = st.builds(
    Leaf,
    st.sampled_from(["financial/é", "social/a b/c", 'social/"x"/\\', "social/z"]),
    st.floats(0, 1e6),
    st.tuples(st.floats(-1e9, -1e-9), st.floats(0, 1e9)),
)


@given(
    st.lists(nodes, unique_by=lambda node: node.path),
    st.lists(leaves, min_size=4, unique_by=lambda leaf: leaf.path),
    st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip()),
)
def test_every_policy_survives_its_text(some: list[Node], figures: list[Leaf], title: str) -> None:
    mine = Policy("p", title, tuple(some), tuple(figures))
    assert Policy.from_toml(mine.to_toml(), "p") == mine


@pytest.mark.parametrize(
    ("text", "key", "place", "near"),
    [
        ("titel = 'x'\n" + LEAF, "policy.unknown_key", "titel", "title"),
        ("title = 3\n" + LEAF, "policy.not_text", "title", None),
        ("title = 'x'\n", "policy.no_leaf", "node", None),
        ("title =\n", "policy.bad_toml", None, None),
        (LEAF + "wieght = 2", "policy.unknown_key", 'node."social/care/nps".wieght', "weight"),
        (LEAF + "weight = -1", "policy.bad_weight", 'node."social/care/nps".weight', None),
        (LEAF + "weight = '2'", "policy.not_number", 'node."social/care/nps".weight', None),
        (LEAF + "weight = true", "policy.not_number", 'node."social/care/nps".weight', None),
        (LEAF + "weight = nan", "policy.not_number", 'node."social/care/nps".weight', None),
        (LEAF + "goalposts = [1, 1]", "policy.goalposts_equal", 'node."social/care/nps".goalposts', None),
        (LEAF + "goalposts = [1, 2, 3]", "policy.goalposts_count", 'node."social/care/nps".goalposts', None),
        (LEAF + "goalposts = 1", "policy.goalposts_count", 'node."social/care/nps".goalposts', None),
        (
            LEAF + "goalposts = [1, 3, 2, 4]",
            "policy.goalposts_band",
            'node."social/care/nps".goalposts',
            None,
        ),
        (
            LEAF + "goalposts = [0, 9]\ntransform = 'log'",
            "policy.goalposts_log",
            'node."social/care/nps".goalposts',
            None,
        ),
        (LEAF + "transform = 'lgo'", "policy.not_transform", 'node."social/care/nps".transform', "log"),
        (LEAF + "exponent = 0", "policy.node_without_leaf", 'node."social/care/nps".exponent', None),
        (LEAF + "[node.social]\ncolumn = 'x'", "policy.leaf_key_on_node", 'node."social".column', None),
        (LEAF + "[node.social]\nexponent = 'mim'", "policy.not_exponent", 'node."social".exponent', "min"),
        (LEAF + "[node.social]\nexponent = nan", "policy.not_exponent", 'node."social".exponent', None),
        (LEAF + "[node.social]\nepsilon = 1", "policy.bad_epsilon", 'node."social".epsilon', None),
        (LEAF + "[node.social]\ncoverage = 65", "policy.bad_coverage", 'node."social".coverage', None),
        (LEAF + "[node.social]\ndual = 1", "policy.not_yes_no", 'node."social".dual', None),
        (LEAF + "[node.social]\ncovrage = 1", "policy.unknown_key", 'node."social".covrage', "coverage"),
        (LEAF + "[node.'']\nweight = 1", "policy.unknown_key", 'node."".weight', None),
        (LEAF + "[node.'']\ndecimals = 1.5", "policy.not_whole", 'node."".decimals', None),
        (LEAF + "[node.'']\ndecimals = 9", "policy.bad_decimals", 'node."".decimals', None),
        ("[node.financial.par30]\nweight = 1", "policy.nested", 'node."financial"', None),
        ("[node.'social//nps']", "policy.bad_path", 'node."social//nps"', None),
        (LEAF + "[node.'social/care/nps']", "policy.bad_toml", None, None),
        ("node = 3", "policy.not_table", "node", None),
        (
            LEAF + "[settings]\npar_form_30 = true",
            "policy.unknown_key",
            "settings.par_form_30",
            "par_from_30",
        ),
        (LEAF + "[settings]\npar_from_30 = 1", "policy.not_yes_no", "settings.par_from_30", None),
        (LEAF + "[settings]\ncomplaint_days = 1.5", "policy.not_whole", "settings.complaint_days", None),
        (LEAF + "[settings]\nretention = 'mx'", "policy.not_choice", "settings.retention", "mix"),
        (LEAF + "[limits]\npar30 = 0.1", "policy.not_table", "limits.par30", None),
        (LEAF + "[limits]\npar30 = { ambre = 0.1 }", "policy.unknown_key", "limits.par30.ambre", "amber"),
        (LEAF + "[limits]\npar30 = {}", "policy.limit_empty", "limits.par30", None),
        ("health_limit = 120\n" + LEAF, "policy.bad_health", "health_limit", None),
        ("health_critical = 60\n" + LEAF, "policy.bad_health", "health_limit", None),
        ("watch = 0\n" + LEAF, "policy.bad_watch", "watch", None),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text: str, key: str, place: str | None, near: str | None) -> None:
    error = refusal(text)
    found = (error.key, error.params["file"], error.params.get("key"), error.params.get("nearest"))
    assert found == (key, "board.toml", place, near)


def test_a_refusal_is_a_sentence_in_each_language() -> None:
    error = refusal(LEAF + "wieght = 2")
    assert error.text("en") == ('board.toml: unknown key node."social/care/nps".wieght. Did you mean "weight"?')
    assert error.text("fr").startswith('board.toml : clé inconnue node."social/care/nps".wieght.')


def test_the_text_names_the_policy_and_may_leave_name_and_title_out() -> None:
    bare, named = Policy.from_toml(LEAF, "board"), Policy.from_toml('name = "mine"\n' + LEAF, "board")
    assert [bare.name, bare.title, named.name, named.title] == ["board", "board", "mine", "mine"]


def test_parents_that_are_only_implied_get_the_defaults() -> None:
    mine = Policy.from_toml(LEAF, "board")
    assert mine.nodes == (Node(""), Node("social"), Node("social/care"))


def test_a_root_with_a_weight_is_refused() -> None:
    with pytest.raises(DefinitionError, match="takes no weight"):
        two_pillars(nodes=(Node("", weight=2),))


def test_a_node_given_twice_in_code_is_refused() -> None:
    with pytest.raises(DefinitionError, match="stands twice"):
        two_pillars(nodes=(Node("social"), Node("social")))


def test_a_leaf_below_a_leaf_is_refused() -> None:
    with pytest.raises(DefinitionError, match="others below it"):
        two_pillars(leaves=(Leaf("a"), Leaf("a/b")))


def test_settings_that_the_text_leaves_out_stand_at_their_defaults() -> None:
    mine = Policy.from_toml(LEAF + "[settings]\ncomplaint_days = 15", "board")
    assert mine.settings == {**policy.SETTINGS, "complaint_days": 15}


def test_a_policy_cannot_be_changed_in_place() -> None:
    mine = two_pillars()
    with pytest.raises(TypeError):
        mine.settings["par_from_30"] = True
    with pytest.raises(AttributeError):
        mine.title = "x"


def test_equal_policies_are_one_key_of_a_cache() -> None:
    assert len({two_pillars(), two_pillars(), two_pillars(watch=4)}) == 2


def test_the_social_share_is_the_social_weight_over_both() -> None:
    assert two_pillars().social == 40


@pytest.mark.parametrize("share", [0, 12.5, 100])
def test_another_social_share_is_read_back(share: float) -> None:
    assert two_pillars().with_social(share).social == share


def test_a_social_share_beyond_100_is_refused() -> None:
    with pytest.raises(DefinitionError, match="from 0 to 100"):
        two_pillars().with_social(101)


def test_a_policy_without_two_pillars_has_no_social_share() -> None:
    with pytest.raises(DefinitionError, match="no social share"):
        _ = two_pillars(nodes=(), leaves=(Leaf("a"),)).social


def test_theme_weights_change_nodes_and_leaves_only_where_named() -> None:
    mine = two_pillars().with_theme_weights({"social/care": 7, "financial/earning/oss": 5})
    weights = {cell.path: cell.weight for cell in (*mine.nodes, *mine.leaves)}
    assert (weights["social/care"], weights["financial/earning/oss"], weights["financial"]) == (7, 5, 60)


def test_an_unknown_theme_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError, match='Did you mean "social/care"'):
        two_pillars().with_theme_weights({"social/car": 1})


def test_a_policy_cut_to_some_leaves_loses_empty_themes_but_no_pillar() -> None:
    cut = two_pillars().without(["financial/earning", "social/care/nps"])
    paths = [cell.path for cell in (*cut.nodes, *cut.leaves)]
    assert paths == ["", "financial", "social", "financial/quality", "financial/quality/par30"]


def test_only_and_without_are_each_others_rest() -> None:
    mine = two_pillars()
    assert mine.only(["financial"]) == mine.without(["social"])


def test_goalposts_come_from_the_indicators_where_the_policy_has_none() -> None:
    mine = two_pillars(leaves=(Leaf("a/par30"), Leaf("a/oss", goalposts=(0.5, 1))))
    filled = mine.resolve({"par30": (0.2, 0.0), "oss": (0.8, 1.2)})
    assert [leaf.goalposts for leaf in filled.leaves] == [(0.2, 0.0), (0.5, 1)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"leaves": (Leaf("a/par31"),)}, 'Did you mean "par30"'),
        ({"leaves": (Leaf("a/par30"), Leaf("b/par30"))}, "scored twice"),
        ({"leaves": (Leaf("a/par30"),), "limits": {"par3": (1.0, 2.0)}}, 'Did you mean "par30"'),
    ],
)
def test_a_leaf_or_limit_without_its_one_indicator_is_refused(changed: dict[str, object], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        two_pillars(**changed).resolve({"par30": (0.1, 0)})


def test_the_arrays_of_a_tree_hold_parents_first_and_effective_shares() -> None:
    tree = two_pillars().tree()
    assert all(above < cell for cell, above in enumerate(tree.parent))
    root = dict(zip(tree.paths[tree.count :], tree.shares()[0], strict=True))
    assert root == pytest.approx({"financial/quality/par30": 0.3, "financial/earning/oss": 0.3, "social/care/nps": 0.4})


def test_the_lists_of_a_tree_are_json_without_infinity() -> None:
    lists = two_pillars(nodes=(Node("", exponent=float("-inf")),)).tree().lists()
    assert lists["exponent"][0] == "min"
