"""Wide surveys: one column a question, as Kobo, ODK and form tools export them, become one row an answer."""

import datetime
from pathlib import Path

from metrics.ingest import Preview, surveys
from tests.ingesting import landed, notes, opened, seen, text, values

# KoboToolbox with XML values: groups before the names, a select-multiple as one cell and as columns of 0 and 1.
KOBO = """start,end,today,deviceid,intro/client_no,intro/agence,intro/sexe,main/nps,main/quality_of_life,main/reasons,\
main/reasons/price,main/reasons/distance,main/reasons/staff,main/comment,_id,_uuid,_submission_time,__version__
2026-05-03T09:00:00.000+03:00,2026-05-03T09:20:00.000+03:00,2026-05-03,ab1,C001,Kolo,F,9,very_much_improved,\
price staff,1,0,1,The officer came to my shop and explained it all,1,u-1,2026-05-03T10:00:00,v1
2026-05-04T09:00:00.000+03:00,2026-05-04T09:20:00.000+03:00,2026-05-04,ab1,C002,Kolo,M,3,no_change,,0,0,0,,2,u-2,\
2026-05-04T10:00:00,v1
2026-05-04T11:00:00.000+03:00,2026-05-04T11:20:00.000+03:00,2026-05-04,ab2,C003,Baro,F,nine,,distance,0,1,0,\
I waited for three weeks before anyone called me,3,u-3,2026-05-04T12:00:00,v1
"""
# ODK Central: groups with a hyphen, several choices in one cell and no columns for them.
ODK = """SubmissionDate,start,end,survey-nps,survey-sources_income,survey-ppi_1,survey-ppi_2,meta-instanceID,KEY,\
SubmitterName,DeviceID
2026-06-01T08:00:00.000Z,2026-06-01T07:50:00,2026-06-01T07:59:00,10,farm trade,1,3,uuid:a,uuid:a,Q,d1
2026-06-02T08:00:00.000Z,2026-06-02T07:50:00,2026-06-02T07:59:00,7,farm,2,3,uuid:b,uuid:b,Q,d1
2026-06-03T08:00:00.000Z,2026-06-03T07:50:00,2026-06-03T07:59:00,,trade wage,2,1,uuid:c,uuid:c,Q,d1
"""
LABELS = """Horodateur,N° questionnaire,Agence,\
"Sur 10, recommanderiez-vous notre institution à un ami ?",Votre qualité de vie a-t-elle changé ?,\
Savez-vous comment vous plaindre ?,Nom,Qu'est-ce qui pourrait être mieux ?
03/05/2026 10:11:12,Q1,Kolo,9,Un peu améliorée,Oui,A. Fictive,Rien
14/05/2026 10:11:12,Q2,Baro,4,Beaucoup améliorée,Non,B. Fictive,Les frais
15/05/2026 10:11:12,Q3,Baro,10,Aucun changement,Oui,C. Fictive,Le délai
"""


def answers(preview: Preview, table: str = "client_surveys") -> dict[tuple[str, str], tuple[object, ...]]:
    """(respondent, question) -> code, number, text."""
    found = values(preview, table, "response_id", "question_key", "answer_code", "answer_num", "answer_text")
    return {(row[0], row[1]): row[2:] for row in found}


def test_a_kobo_export_is_unpivoted(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, KOBO, "satisfaction_2026.csv"), likely="take")
        found = answers(preview)
        told = set(values(preview, "client_surveys", "response_id", "client_id", "branch_id", "gender", "answered_on"))
        (sheet,) = preview.sheets
        rounds = set(values(preview, "client_surveys", "survey_id"))
    assert preview.questions == () and (sheet.rows_read, sheet.accepted) == (3, 3)
    assert told == {
        ("u-1", "C001", "Kolo", "F", datetime.date(2026, 5, 3)),
        ("u-2", "C002", "Kolo", "M", datetime.date(2026, 5, 4)),
        ("u-3", "C003", "Baro", "F", datetime.date(2026, 5, 4)),
    }
    assert rounds == {("satisfaction_2026",)}
    assert found["u-1", "nps"] == (None, 9.0, None)
    assert found["u-1", "quality_of_life"] == ("very_much_improved", None, None)
    assert ("u-3", "quality_of_life") not in found  # blank is no answer
    assert found["u-3", "nps"] == (None, None, "nine") and "note_no_number" in notes(preview)
    assert found["u-1", "reasons__price"] == ("yes", None, None)
    assert found["u-1", "reasons__distance"] == ("no", None, None)
    assert not any(question == "reasons" for _, question in found)
    assert found["u-1", "comment"][2] == "The officer came to my shop and explained it all"


def test_an_odk_export_splits_several_choices(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, ODK, "ppi.csv"), likely="take")
        found = answers(preview)
    assert found["uuid:a", "sources_income__farm"] == ("yes", None, None)
    assert found["uuid:b", "sources_income__trade"] == ("no", None, None)
    assert found["uuid:a", "ppi_1"] == ("1", None, None) and found["uuid:c", "ppi_2"] == ("1", None, None)
    assert ("uuid:c", "nps") not in found
    assert {question for _, question in found} == {
        "nps", "ppi_1", "ppi_2", "sources_income__farm", "sources_income__trade", "sources_income__wage",
    }  # fmt: skip


def test_label_headings_in_french_find_their_questions(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, LABELS, "formulaire.csv"), likely="take")
        found = answers(preview)
        days = set(values(preview, "client_surveys", "answered_on"))
    assert found["Q1", "nps"] == (None, 9.0, None)
    assert found["Q2", "quality_of_life"] == ("very_much_improved", None, None)
    assert found["Q2", "knows_how_to_complain"] == ("no", None, None)
    assert not any("fictive" in str(answer).lower() for answer in found.values())  # names of people are left out
    assert days == {(datetime.date(2026, 5, day),) for day in (3, 14, 15)}


def test_a_question_known_by_its_words_is_likely_only(tmp_path: Path) -> None:
    path = text(tmp_path, LABELS, "formulaire.csv")
    with opened(tmp_path) as store:
        (question,) = seen(store, path).questions
        left = answers(seen(store, path, likely="leave"))
    assert question.key == "import.question_likely" and "= quality_of_life" in question.text("en")
    assert not any(asked in ("nps", "quality_of_life") for _, asked in left) and len(left) == 12


def test_the_catalogue_says_what_each_question_is(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, KOBO, "k.csv"), likely="take")
        asked = {question.key: question for question in preview.readings[0].plan.mapping["questions"]}
    assert {name: question.kind for name, question in asked.items()} == {
        "nps": "number", "quality_of_life": "code", "reasons__price": "option", "reasons__distance": "option",
        "reasons__staff": "option", "comment": "text",
    }  # fmt: skip
    assert {name for name, question in asked.items() if question.known} == {"nps", "quality_of_life"}


def test_a_staff_survey_goes_to_its_own_table(tmp_path: Path) -> None:
    path = text(tmp_path, KOBO.replace("main/nps", "main/enps"), "staff.csv")
    with opened(tmp_path) as store:
        found = answers(seen(store, path, likely="take"), "staff_surveys")
    assert found["u-1", "enps"] == (None, 9.0, None)


def test_a_survey_lands_and_comes_again_without_change(tmp_path: Path) -> None:
    path = text(tmp_path, ODK, "ppi.csv")
    with opened(tmp_path) as store:
        landed(store, path, likely="take")
        assert store.cursor().execute("SELECT count(DISTINCT response_id) FROM client_surveys").fetchall() == [(3,)]
        assert landed(store, path, likely="take").repeated


def test_a_loan_book_is_no_survey(tmp_path: Path) -> None:
    path = text(tmp_path, "loan_id,outstanding,satisfaction,nps,challenge\n1,5,x,3,y\n2,6,x,4,y\n")
    with opened(tmp_path) as store:
        assert seen(store, path, likely="take").sheets[0].table == "loans"


def test_known_questions_by_key_and_by_words() -> None:
    assert surveys.key("nps") == "nps" and surveys.key("PPI Q7") == "ppi_7"
    assert surveys.key("How likely are you to recommend us to a friend?") == "nps"
    assert surveys.key("¿Cómo ha cambiado su calidad de vida?") == "quality_of_life"
    assert surveys.key("Would you recommend us as an employer / place to work?") == "enps"
    assert surveys.key("What colour is your door?") == ""
