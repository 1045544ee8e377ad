"""Settings: an edit is shown with its effect before it is saved, kept as a version, and undone."""

from tests.pages.visit import Open, said


def test_the_page_opens(fresh: Open) -> None:
    app = fresh("settings")
    assert not app.exception
    print(said(app)[:3000])
