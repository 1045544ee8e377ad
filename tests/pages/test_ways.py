"""The ways to warnings, voices and stress tests: none is further than two clicks from the menu."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import Open, asked, said

# What one comes for: its page, an entry of the menu; the one click after it, on a view or a button; what is then shown.
WAYS = {
    "broken limits": ("warnings", "", "Broken limits"),
    "a limit of one's own": ("warnings", "limit_new", "Set the limit"),
    "the register": ("warnings", "register", "Likelihood and impact"),
    "mission drift": ("warnings", "drift", "New clients against the others"),
    "what was said": ("voices", "", "What needs you now"),
    "typing in what was said": ("voices", "heard_type", "Keep it"),
    "actions": ("voices", "actions", "actions on 30 Sep 2026"),
    "needs": ("voices", "tailored", "Wait for an answer"),
    "decisions": ("voices", "decisions", "Meeting of 30 Jun 2026"),
    "stress tests": ("tradeoffs", "stress_open", "What money loses"),
}


@pytest.mark.parametrize("sought", WAYS)
def test_the_menu_is_two_clicks_away_from_everything_that_asks_for_somebody(opened: Open, sought: str) -> None:
    page, click, shown = WAYS[sought]
    app = opened(page)
    assert shown in said(clicked(app, click) if click else app)


def test_the_list_of_all_warnings_leads_to_the_page_of_warnings(opened: Open) -> None:
    app = opened()
    app.button(key="all_warnings").click().run()
    app.button(key="warnings_page").click().run()
    assert "limits are broken in red" in said(app)


def test_the_line_of_the_last_meeting_leads_to_its_decisions(opened: Open) -> None:
    app = opened()
    app.button(key="last_meeting").click().run()
    assert asked(app, "part") == ["decisions"]


def clicked(app: AppTest, name: str) -> AppTest:
    """A click on the button, else on the view of that name."""
    if name in {button.key for button in app.button}:
        return app.button(key=name).click().run()
    return next(one for one in app.segmented_control if one.key in ("w_warnings", "w_voices")).set_value(name).run()
