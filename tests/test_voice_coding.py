"""What people say is coded by words that anybody can read, in three languages; what is unclear stays uncoded."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import catalogue
from metrics.errors import DefinitionError
from metrics.register.starter import starters
from metrics.schema import tables
from metrics.voices import asked, rules
from metrics.voices.coding import Lessons, code
from metrics.voices.remembered import Corrected, lessons, usable
from metrics.voices.rules import OTHER, read
from metrics.voices.told import title, why
from metrics.voices.voice import Voice
from metrics.words import LANGUAGES
from metrics.words import catalogue as texts

RULES = rules()
SAID = (
    ("The officer shouted at me before my neighbours.", "collection_conduct"),
    ("L'agent m'a insultée devant les voisins.", "collection_conduct"),
    ("El asesor me gritó delante de los vecinos.", "collection_conduct"),
    ("I was asked for money to get the loan.", "fraud"),
    ("On m'a demandé un pot-de-vin.", "fraud"),
    ("Me pidieron dinero para darme el préstamo.", "fraud"),
    ("The penalty is too expensive.", "pricing"),
    ("Les frais sont trop chers.", "pricing"),
    ("Me cobraron una comisión muy cara.", "pricing"),
    ("Nobody gave me the schedule in writing.", "transparency"),
    ("Je n'ai reçu ni contrat ni échéancier.", "transparency"),
    ("Nadie me dijo nada del contrato por escrito.", "transparency"),
    ("I waited three weeks for an answer.", "service"),
    ("J'attends depuis trois semaines sans réponse.", "service"),
    ("Espero hace tres semanas sin respuesta.", "service"),
    ("The meeting place is too far.", "product_fit"),
    ("Le lieu de réunion est trop loin.", "product_fit"),
    ("El lugar de reunión está muy lejos.", "product_fit"),
    ("I have a second loan to repay the first.", "over_indebtedness"),
    ("J'ai pris un deuxième prêt pour rembourser le premier.", "over_indebtedness"),
    ("Tomé un segundo préstamo para pagar el primero.", "over_indebtedness"),
)


@pytest.mark.parametrize(("text", "category"), SAID)
def test_what_is_said_in_three_languages_is_coded_by_its_words(text: str, category: str) -> None:
    assert code(text, RULES).category == category


@pytest.mark.parametrize(
    "text",
    [
        "Fees are explained only when the money is paid out.",  # a word of pricing and one of transparency
        "The office was closed on market day.",
        "Les frais sont dans le contrat.",
        "Hay una comisión en el contrato.",
    ],
)
def test_a_text_with_as_many_words_for_two_subjects_is_not_coded(text: str) -> None:
    found = code(text, RULES)
    assert (found.category, found.rule, len(found.tied)) == ("", "tie", 2)


@pytest.mark.parametrize("text", ["", "So it is.", "Voilà.", "Así es.", "1 2 3 ! ?"])
def test_a_text_without_any_word_of_the_rules_is_not_coded(text: str) -> None:
    assert (code(text, RULES).category, code(text, RULES).severity) == ("", None)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody threatened me.",
        "The officer did not insult me.",
        "She wasn't insulted.",
        "On ne m'a pas menacé.",
        "Personne ne m'a insulté.",
        "No me amenazaron.",
        "Nunca me insultaron.",
    ],
)
def test_a_deed_that_the_text_denies_does_not_count(text: str) -> None:
    assert code(text, RULES).category == ""


@pytest.mark.parametrize(
    "text",
    [
        "He did not greet me but threatened me.",
        "Il n'est pas venu, il m'a menacé.",
        "No vino, pero me amenazó.",
    ],
)
def test_a_denial_ends_with_its_part_of_the_sentence(text: str) -> None:
    assert code(text, RULES).category == "collection_conduct"


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("The officer is kind and the loan helps.", 1.0),
        ("It is not fair.", -1.0),
        ("The office is not bad.", 1.0),
        ("Ce n'est pas juste.", -1.0),
        ("L'accueil est bien.", 1.0),
        ("No es justo.", -1.0),
        ("El servicio es muy amable.", 1.0),
        ("The staff are polite. The fee is expensive.", 0.0),
        ("I came on Friday.", None),
    ],
)
def test_sentiment_is_good_less_bad_words_and_a_denial_turns_a_word_around(text: str, sentiment: float | None) -> None:
    assert code(text, RULES).sentiment == sentiment


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("My payment was not entered.", 2),  # what service usually is
        ("They waited and threatened me at night.", 4),
        ("I would like a longer time between instalments.", 1),
    ],
)
def test_severity_is_the_usual_one_unless_a_word_says_otherwise(text: str, severity: int) -> None:
    assert code(text, RULES).severity == severity


def test_the_words_that_decided_are_told_as_they_stand_in_the_text() -> None:
    assert code("They THREATENED to take my goods!", RULES).words == ("threatened", "take my goods")


SOME = ["fee", "threat", "shouted", "not", "but", "contract", "weeks", "pas", "menacé", "comisión", ".", ",", "good"]
WORDS = st.lists(st.sampled_from(SOME)).map(" ".join)


@given(st.one_of(st.text(max_size=80), WORDS))
def test_any_text_is_coded_within_its_bounds(text: str) -> None:
    found = code(text, RULES)
    assert found.category in ("", *RULES.categories)
    assert found.sentiment is None or -1 <= found.sentiment <= 1
    assert found.severity in ((1, 2, 3, 4) if found.category else (None,))


@given(WORDS)
def test_capitals_and_accents_change_nothing(text: str) -> None:
    bare = text.upper().replace("É", "E").replace("Ó", "O")
    assert code(bare, RULES).category == code(text, RULES).category


def test_every_category_points_to_a_risk_of_the_register_and_an_indicator_of_the_catalogue() -> None:
    named = [one for one in RULES.categories.values() if one.name != OTHER]
    assert [one.name for one in named if one.risk not in starters()] == []
    assert [one.name for one in named if one.indicator not in catalogue.indicators()] == []


def test_every_category_has_words_of_each_language_and_a_name() -> None:
    lacking = [name for name, one in RULES.categories.items() if name != OTHER and len(one.words) < 9]
    assert lacking == []
    assert [name for name in RULES.categories for language in LANGUAGES if not title(name, language)] == []


@pytest.mark.parametrize(
    ("topic", "category"),
    [
        ("collection", "collection_conduct"),
        ("Vie privée", "privacy"),
        ("over_debt", "over_indebtedness"),
        ("OTHER", "other"),
        ("tractor", ""),
        (None, ""),
    ],
)
def test_a_source_names_a_category_by_any_name_it_is_known_as(topic: str | None, category: str) -> None:
    assert RULES.named(topic) == category


def test_a_manager_changes_the_rules_in_the_file_alone(tmp_path: Path) -> None:
    text = (Path(asked.FILE).with_name("rules.toml")).read_text(encoding="utf-8")
    file = tmp_path / "rules.toml"
    file.write_text(text.replace('en = ["fee", ', 'en = ["levy", "fee", '), encoding="utf-8")
    assert [code("The levy again.", known).category for known in (RULES, read(file))] == ["", "pricing"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("[category.fraud]", "[category.fraud"), ("severity = 4", "severty = 4"), ("[masking]", "[maskng]")],
)
def test_a_slip_in_the_file_of_rules_is_told_with_its_place(before: str, after: str, tmp_path: Path) -> None:
    text = (Path(asked.FILE).with_name("rules.toml")).read_text(encoding="utf-8")
    file = tmp_path / "rules.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"rules\.toml"):
        read(file)


# Corrections


def corrected(text: str, category: str, who: str = "Ana", ruled: str = "") -> Corrected:
    return Corrected(text, category, who, datetime(2026, 9, 1), ruled)


def test_the_same_text_is_coded_as_a_person_coded_it() -> None:
    learned = usable(lessons([corrected("there is no bench in the yard", "service")], RULES))
    found = code("There is NO bench in the yard!", RULES, learned)
    assert (found.category, found.rule) == ("service", "same_text")


def test_a_word_that_two_corrections_confirm_is_remembered_with_who_taught_it() -> None:
    given = [corrected("no bench here", "service"), corrected("a bench please", "service", "Bo")]
    found = next(one for one in lessons(given, RULES) if not one.whole)
    assert (found.words, found.category, found.who, found.n) == ("bench", "service", ("Ana", "Bo"), 2)


def test_a_remembered_word_codes_a_text_that_the_rules_leave_open() -> None:
    given = [corrected("no bench here", "service"), corrected("a bench please", "service")]
    found = code("Old women need a bench.", RULES, usable(lessons(given, RULES)))
    assert (found.category, found.rule, found.words) == ("service", "remembered", ("bench",))


@pytest.mark.parametrize(
    "given",
    [
        [corrected("no bench here", "service")],  # one correction alone
        [corrected("no bench here", "service"), corrected("no bench here", "service")],  # the same text twice
        [corrected("no bench here", "service"), corrected("a bench please", "community")],  # two opinions
        [corrected("no bench", "service"), corrected("a bench", "service"), corrected("our bench", "privacy")],
        [corrected("no bench", "service", ruled="service"), corrected("a bench", "service", ruled="service")],
        [corrected("this loan", "service"), corrected("that loan", "service")],  # a word that is everywhere
        [corrected("the fee", "service"), corrected("a fee", "service")],  # a word that the rules have
    ],
)
def test_a_word_is_not_remembered_without_two_texts_that_agree(given: list[Corrected]) -> None:
    assert [one.words for one in lessons(given, RULES) if not one.whole] == []


def test_two_opinions_about_one_text_teach_nothing() -> None:
    assert lessons([corrected("no bench", "service"), corrected("no bench", "pricing")], RULES) == []


def test_a_lesson_that_was_taken_away_stays_away() -> None:
    given = [corrected("no bench here", "service"), corrected("a bench please", "service")]
    assert "service/bench" not in {one.id for one in lessons(given, RULES, ["service/bench"])}


def test_without_lessons_nothing_is_remembered() -> None:
    assert code("Old women need a bench.", RULES, Lessons()).rule == "none"


# The catalogue of questions


@pytest.mark.parametrize("question", asked.catalogue(), ids=lambda one: f"{one.of}-{one.key}")
def test_the_codes_of_a_question_are_those_that_its_table_names(question: asked.Question) -> None:
    comments = tables()[asked.TABLES[question.of]].comments
    known = set(re.findall(r"\w+", comments["answer_code"]))
    assert set(question.codes) <= known
    if question.kind != "text":
        assert question.key in re.findall(r"\w+", comments["question_key"])


def test_every_question_that_the_tables_name_is_in_the_catalogue() -> None:
    named = re.sub(r"\(.*?\)", "", tables()["client_surveys"].comments["question_key"])
    listed = re.findall(r"\w+", named.removeprefix("Question: ").partition(", or any key")[0])
    assert set(listed) <= asked.questions("clients").keys()


def test_every_code_of_a_question_has_words_in_each_language() -> None:
    codes = {name for one in asked.catalogue() for name in one.codes}
    assert [name for name in codes for language in LANGUAGES if f"voices.code_{name}" not in texts(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_behind_a_coding_is_a_sentence_with_its_words(language: str) -> None:
    voice = Voice(
        "complaints/1", "complaint", datetime(2026, 9, 1).date(), "client", None, None, None, None, None, None, None,
        None, None, None, "They shouted", False, None, None, None, "collection_conduct", "rule", "words", ("shouted",),
    )  # fmt: skip
    assert "shouted" in why(voice, language)
