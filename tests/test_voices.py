"""Voices: everything that was said, coded by a person, its source or a rule, and linked."""

from datetime import date

import pytest

from metrics import records, voices
from metrics.actions import ACTION
from metrics.errors import EvenkeelError
from metrics.records import Body, Kind, Record
from metrics.store import Scope, Store
from metrics.voices.voice import heard
from metrics.words import LANGUAGES
from tests import fresh
from tests.records import opened
from tests.voicing import PLACES, SPOKEN, answer, client, complaint, one, statement

# One store for all tests that read: each looks at voices of its own.
CODE_BENCH = complaint("bench-1", "No bench."), complaint("bench-2", "no bench")
COMPLAINTS = (
    complaint("plain"),
    complaint("south", branch_id="south"),
    complaint("named", client_id="c1", branch_id=None),
    complaint("priced", category="pricing"),
    complaint("hers", "The paper hung on the door.", category="pricing"),
    complaint("other", category="other"),
    complaint("unclear", "So it is.", category="other"),
    complaint("strange", "So it was.", category="tractor"),
    complaint("linked"),
    complaint("grave", "The fee, the contract, and the police came.", category="pricing"),
    complaint("acted"),
    *CODE_BENCH,
    complaint("undone-1", "No chair."), complaint("undone-2", "no chair"),
    *(complaint(f"day-{day}", received_on=date(2025, 1, day), branch_id="west") for day in (1, 2, 3, 4)),
)  # fmt: skip
ANSWERED = (
    answer("r1", answer_text="I waited."),
    answer("r2", "exit_reason", answer_code="moved"),
    answer("r3", gender="M", answer_text="I waited."),
    answer("r4", "nps", answer_num=9),  # no words
    answer("r5", "exit_reason", answer_code="refused"),
    answer("r6", "ppi_3", answer_text="Two rooms"),  # an option that was read out
    answer("r7", "q3", survey_type="ppi", answer_text="Two rooms"),
)  # fmt: skip
STATED = (
    statement("m1", 2),
    statement("praise", statement="The leaflet in our language helps."),
    {"event_id": "m2", "statement_no": 0, "planned_on": SPOKEN},
)
STAFFED = {"survey_id": "w", "response_id": "r1", "question_key": "comment", "answered_on": SPOKEN,
           "answer_text": "The workload is too much."}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    people = [client(f"c{number}", birth_date=date(1990, 1, 1)) for number in range(12)]
    return opened(
        tmp_path_factory.mktemp("voices"), clients=people, branches=PLACES, complaints=list(COMPLAINTS),
        client_surveys=list(ANSWERED), stakeholder_consultations=list(STATED), staff_surveys=[STAFFED],
    )  # fmt: skip


def coded(store: Store, ref: str, **body: object) -> Record:
    return records.save(store, voices.CODING, ref, body, "Ana")


# What is listed


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("complaints/plain", "complaint"), ("consultations/m1/2", "statement"),
        ("client_surveys/s1/r1/suggestion", "survey"), ("client_surveys/s1/r2/exit_reason", "exit"),
        ("staff_surveys/w/r1/comment", "staff"),
    ],
)  # fmt: skip
def test_everything_that_was_said_is_listed_under_its_own_ref(ref: str, kind: str, store: Store) -> None:
    assert one(store, ref).kind == kind


def test_an_answer_without_words_of_ones_own_is_no_voice_nor_is_an_event_without_statements(store: Store) -> None:
    found = {voice.ref for voice in heard(store.cursor()) if voice.kind in ("survey", "exit", "statement")}
    assert not {ref for ref in found if ref.split("/")[2] in ("r4", "r5", "r6", "r7") or "m2" in ref}


def test_a_named_voice_takes_its_segment_from_the_client_list(store: Store) -> None:
    found = one(store, "complaints/named")
    assert (found.branch_id, found.gender, found.location, found.age_band) == ("north", "F", "rural", "35_49")


def test_a_nameless_voice_keeps_what_it_told_and_nothing_is_made_up(store: Store) -> None:
    found = [one(store, ref) for ref in ("client_surveys/s1/r3/suggestion", "complaints/plain")]
    assert [(voice.gender, voice.location) for voice in found] == [("M", None), (None, None)]


def test_a_branch_manager_sees_the_voices_of_the_branch_alone(store: Store) -> None:
    scoped = store.cursor(Scope(branches=("south",)))
    assert [voice.ref for voice in voices.listed(scoped)] == ["complaints/south"]


def test_the_list_can_be_cut_by_days_and_branch_the_newest_first(store: Store) -> None:
    found = voices.listed(store.cursor(), date(2025, 1, 2), date(2025, 1, 3), "west")
    assert [voice.ref for voice in found] == ["complaints/day-3", "complaints/day-2"]


# Who decides


def test_a_source_goes_before_the_rules_and_a_person_before_the_source(store: Store) -> None:
    coded(store, "complaints/hers", category="privacy")
    found = [one(store, f"complaints/{name}") for name in ("plain", "priced", "hers")]
    assert [(voice.category, voice.coded_by) for voice in found] == [
        ("collection_conduct", "rule"), ("pricing", "source"), ("privacy", "person")
    ]  # fmt: skip


def test_a_source_that_says_other_has_said_nothing_where_the_rules_know_better(store: Store) -> None:
    found = [one(store, f"complaints/{name}") for name in ("other", "unclear")]
    assert [(voice.category, voice.coded) for voice in found] == [("collection_conduct", True), ("other", False)]


def test_what_nobody_can_tell_stays_not_coded(store: Store) -> None:
    found = one(store, "complaints/strange")
    assert (found.category, found.coded_by, found.severity, found.risk_id) == ("", "", None, "")


def test_a_category_points_to_its_risk_and_indicator_and_a_person_may_choose_others(store: Store) -> None:
    coded(store, "complaints/linked", risk_id="reputation", indicator="retention_rate")
    found = [one(store, f"complaints/{name}") for name in ("plain", "linked")]
    assert [(voice.risk_id, voice.indicator) for voice in found] == [
        ("conduct", "aggressive_collection_incidents"), ("reputation", "retention_rate")
    ]  # fmt: skip


def test_a_correction_is_remembered_for_the_same_text_until_the_lesson_is_taken_away(store: Store) -> None:
    coded(store, "complaints/bench-1", category="service")
    before = one(store, "complaints/bench-2")
    lesson = next(lesson for lesson in voices.lessons(store.cursor()) if "bench" in lesson.words)
    records.save(store, voices.UNLEARNED, lesson.id, {"category": lesson.category, "words": lesson.words}, "Bo")
    assert (before.category, before.rule, one(store, "complaints/bench-2").category) == ("service", "same_text", "")


def test_a_correction_that_is_undone_leaves_the_voice_and_the_lesson_as_they_were(store: Store) -> None:
    kept = coded(store, "complaints/undone-1", category="service")
    records.undo(store, voices.CODING, kept.id, "Ana", kept.version)
    assert [one(store, f"complaints/undone-{number}").category for number in (1, 2)] == ["", ""]


def test_praise_has_no_severity(store: Store) -> None:
    assert one(store, "consultations/praise/1").severity is None


def test_a_grave_word_counts_where_the_source_names_the_subject_and_the_rules_are_torn(store: Store) -> None:
    assert one(store, "complaints/grave").severity == 4


def test_a_voice_knows_the_actions_that_name_it_and_is_answered_by_them(store: Store) -> None:
    body = {"source": "client", "raised_on": "2026-09-01", "owner": "Head of operations", "action": "Retrain",
            "due_on": "2026-09-01", "done_on": "2026-09-01", "answered_on": "2026-09-01", "branch_id": "north",
            "voices": ["complaints/acted"]}  # fmt: skip
    kept = records.save(store, ACTION, "", body, "Ana")
    found = one(store, "complaints/acted")
    assert (found.actions, found.answered_on) == ((kept.id,), SPOKEN)


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"category": "colection"}, "voices.unknown_category"),
        ({"severity": 5}, "voices.severity_outside"),
        ({"sentiment": -2}, "voices.sentiment_outside"),
        ({"indicator": "par3"}, "voices.unknown_indicator"),
    ],
)
def test_a_coding_that_the_rules_do_not_know_is_refused_with_a_sentence(body: Body, key: str, store: Store) -> None:
    with pytest.raises(EvenkeelError) as raised:
        coded(store, "complaints/plain", **body)
    assert raised.value.key == key
    assert all(raised.value.text(language) for language in LANGUAGES)


# The sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return fresh.open_copy(tmp_path_factory.mktemp("sample"))


def test_two_in_five_of_the_sample_agreed_to_be_quoted(sample: Store) -> None:
    found = [voice for voice in voices.listed(sample.cursor()) if voice.kind in ("complaint", "statement")]
    assert sum(voice.may_quote for voice in found) / len(found) == pytest.approx(0.4, abs=0.05)


def test_quotes_of_the_sample_are_the_same_every_time_and_show_no_number_of_a_client(sample: Store) -> None:
    found = voices.quotes(sample.cursor(), 40)
    known = {row[0] for row in sample.cursor().execute("SELECT client_id FROM v_clients").fetchall()}
    assert found == voices.quotes(sample.cursor(), 40)
    assert len(found) == 40
    assert not [quote for quote in found if any(word.strip(".,") in known for word in quote.text.split())]
    assert not [quote for quote in found if any(sign.isdigit() for sign in quote.text)]


def test_the_corrections_of_the_sample_are_seen_and_taught(sample: Store) -> None:
    found = {voice.rule for voice in voices.listed(sample.cursor()) if "bench" in voice.text}
    assert found == {"person", "same_text", "remembered"}


@pytest.mark.parametrize("kind", [voices.COMPLAINT, voices.STATEMENT, voices.ANSWERS])
def test_what_the_sample_typed_in_stands_in_its_tables_and_passes_the_checks(kind: Kind, sample: Store) -> None:
    cursor = sample.cursor()
    refs = {voice.ref for voice in voices.listed(cursor)}
    kept = records.newest(cursor, kind.name)
    assert kept
    for record in kept:
        assert kind.check is not None
        kind.check(cursor, record.id, record.body)
        assert any(f"/{record.id}" in ref for ref in refs)
