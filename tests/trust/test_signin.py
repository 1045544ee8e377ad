"""Signing in, out and being shut out: in Chromium with a sign-in service of this computer, and with cookies alone."""

from collections.abc import Iterator

import pytest

from tests.browser.window import browsing
from tests.trust import entering
from tests.trust.entering import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample for many, with a sign-in service, served."""
    with entering.opened(tmp_path_factory.mktemp("signin")) as one:
        yield one


@pytest.mark.full
def test_who_signs_in_sees_and_whoever_copied_the_session_does_not_after_sign_out(site: Site) -> None:
    with browsing() as browser:
        found = entering.through_the_service(site, browser)
    assert found == {
        "stranger": False, "signed in": True, "copied while in": True, "after sign-out": False,
        "copied after sign-out": False, "unknown": False,
    }  # fmt: skip


@pytest.mark.parametrize("way", sorted(entering.COOKIES))
def test_a_session_that_is_not_sound_opens_nothing(site: Site, way: str) -> None:
    assert not entering.lets_in(site, entering.COOKIES[way](site))


def test_a_sound_session_opens_the_app(site: Site) -> None:
    assert entering.lets_in(site, entering.now(site, entering.ANALYST))


@pytest.mark.parametrize("change", sorted(entering.CHANGES))
def test_a_change_counts_at_the_next_run_of_an_open_session(site: Site, change: str) -> None:
    assert entering.changed_while_open(site, change) == (entering.BRANCHES, entering.CHANGES[change][1])
