"""The view of disclosures: a template filled, prepared, approved by another, published; restated with a reason."""

import io

import pytest
from streamlit.testing.v1 import AppTest

from metrics import records
from metrics.disclosures import assessment, book, template
from pages.ui import data
from tests.pages.visit import Open, asked, said

PARTS = {"part": "disclosures"}


def downloads(app: AppTest) -> list[str]:
    return [str(button.proto.label) for button in app.get("download_button")]


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def signed(app: AppTest, who: str) -> AppTest:
    """The same page under another name."""
    return app.text_input(key="author_disclosure").set_value(who).run()


def pressed(app: AppTest, key: str) -> AppTest:
    found = app.button(key=key).click().run()
    assert not found.exception
    return found


def found() -> list[book.Kept]:
    return book.listed(data.source(True).store.cursor())


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_it_opens_with_the_first_template_and_nothing_published(fresh: Open, language: str) -> None:
    app = fresh("board", lang=language, **PARTS)
    assert not app.exception and not app.error
    assert "55" in app.title[0].value
    assert template.load("investor").title[language] in [box.value for box in app.selectbox] + [
        option for box in app.selectbox for option in box.options
    ]
    assert len(downloads(app)) == 6 and "{" not in said(app)


def test_each_template_opens(fresh: Open) -> None:
    app = fresh("board", **PARTS)
    for name in template.names()[1:]:
        app = app.selectbox(key="w_disclosure").set_value(name).run()
        assert not app.exception and asked(app, "show") == [name]


def test_the_plain_page_stands_in_the_language_of_the_document(fresh: Open) -> None:
    app = fresh("board", show="clients", doc="es", **PARTS)
    assert "Lo que cuesta un préstamo" in said(app) and app.title[0].value.startswith("15 of 15")


def test_prepared_approved_and_published_by_the_right_people(fresh: Open) -> None:
    app = signed(fresh("board", show="sfdr", **PARTS), "Awa")
    app = pressed(app, "disclosure_prepare")
    assert "Prepared: Awa" in said(app) and "disclosure_publish" not in keys(app)
    app = pressed(app, "disclosure_approve")
    assert "Awa prepared it and cannot approve it too" in said(app)
    app = pressed(signed(app, "Moussa"), "disclosure_approve")
    assert "Approved: Moussa" in said(app)
    app = pressed(app, "disclosure_publish")
    assert "Published: Adverse impacts" in said(app) and "record_undo" not in keys(app)
    assert [(one.step, len(one.steps)) for one in found()] == [("published", 3)]
    app = pressed(app, f"disclosure_open_{found()[0].id}")
    assert len(downloads(app)) == 11


def test_a_withdrawal_asks_for_a_reason(fresh: Open) -> None:
    app = signed(fresh("board", show="sfdr", **PARTS), "Awa")
    app = pressed(signed(pressed(app, "disclosure_prepare"), "Moussa"), "disclosure_approve")
    app = pressed(app, "disclosure_publish")
    name = found()[0].id
    app = pressed(app, f"disclosure_open_{name}")
    app = pressed(app, f"disclosure_withdraw_{name}")
    assert "Write why it is withdrawn" in said(app)
    app.text_input(key=f"disclosure_why_{name}").set_value("Wrong form.")
    app = pressed(app, f"disclosure_withdraw_{name}")
    assert found()[0].step == "withdrawn" and "Wrong form" in said(app)


def test_a_restatement_waits_for_its_reason(fresh: Open) -> None:
    app = signed(fresh("board", show="sfdr", period="2026-06-30", **PARTS), "Awa")
    app = pressed(signed(pressed(app, "disclosure_prepare"), "Moussa"), "disclosure_approve")
    app = pressed(app, "disclosure_publish")
    store = data.source(True).store
    store.write(lambda cursor: cursor.execute(
        "UPDATE measures.governance SET board_women = board_women - 1 WHERE period = '2026-06-30'"
    ))  # fmt: skip
    app = signed(fresh("board", show="sfdr", **PARTS), "Awa")
    assert "1 published figure has another value now" in "\n".join(head.value for head in app.header)
    app = pressed(app, "disclosure_prepare")
    app = pressed(signed(app, "Moussa"), "disclosure_approve")
    assert "has no reason: Women on the board" in said(app)
    field = next(one.key for one in app.text_input if str(one.key).startswith("disclosure_reason_"))
    app = app.text_input(key=field).set_value("A member had left.").run()
    app = pressed(signed(app, "Awa"), "disclosure_reasons")
    app = pressed(signed(app, "Moussa"), "disclosure_approve")
    assert "Approved: Moussa" in said(app)
    assert found()[0].disclosure.restated[0].reason == "A member had left."


def test_a_file_of_ones_own_is_kept_or_refused_with_a_sentence(fresh: Open) -> None:
    app = fresh("board", **PARTS)
    text = 'based_on = "sfdr"\n[[item]]\nid = "more"\nsection = "social"\nindicator = "staff_turnover"\n'
    for name, given in (("wrong", text.replace("staff_turnover", "staff_turnovr")), ("mine", text)):
        app = app.file_uploader(key="disclosure_file").set_value((f"{name}.toml", io.BytesIO(given.encode()).read(),
                                                                  "application/toml")).run()  # fmt: skip
        assert not app.exception
        assert ("staff_turnovr is not known" in said(app)) == (name == "wrong")
    assert asked(app, "show") == ["mine"] and app.title[0].value.startswith("8 of 8")


def test_the_self_assessment_is_filled_where_a_figure_proves_it_and_counts_once_kept(fresh: Open) -> None:
    app = fresh("board", **PARTS)
    app = pressed(app, "assessment_save")
    store = data.source(True).store
    kept = records.newest(store.cursor(), assessment.KIND.name)
    answers = assessment.read(kept[0].body)
    assert answers["women"].proved and answers["women"].answer == "yes" and "42.9" in answers["women"].evidence
    rows = store.cursor().execute("SELECT count(*) FROM v_practice_answers WHERE tool = ?", [assessment.TOOL])
    assert rows.fetchall()[0][0] == len(answers) == sum(one.proof is not None for one in assessment.questions())
