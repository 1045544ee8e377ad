"""Signing in and out in Chromium with a sign-in service of this computer; everything that must stay outside."""

import tempfile
import time
from pathlib import Path

from tests.browser.window import browsing
from tests.trust import entering

LINE = (
    "Sign-in end to end with a local OpenID Connect provider in Chromium: expired, replayed and tampered cookies and "
    "unknown people are denied; a role taken away counts at the next run"
)
SECONDS = 25  # for which the sign-in service's sessions last


def run() -> dict[str, object]:
    """Sign in and out, each cookie that is not sound, each change of an open session, and a session that runs out."""
    with tempfile.TemporaryDirectory() as name:
        with entering.opened(Path(name) / "one") as site, browsing() as browser:
            ways = entering.through_the_service(site, browser)
            refused = {way: not entering.lets_in(site, made(site)) for way, made in entering.COOKIES.items()}
            changes = {change: entering.changed_while_open(site, change) for change in entering.CHANGES}
        assert ways == {
            "stranger": False, "signed in": True, "copied while in": True, "after sign-out": False,
            "copied after sign-out": False, "unknown": False,
        }, ways  # fmt: skip
        assert all(refused.values()), refused
        for change, (before, after) in changes.items():
            assert (before, after) == (entering.BRANCHES, entering.CHANGES[change][1]), (change, before, after)
        ends = _runs_out(Path(name) / "two")
    return {
        "signed in": "yes", "replayed_cookie": "denied", "unknown person": "denied", "expired": ends,
        "cookies not sound, denied": f"{sum(refused.values())} of {len(refused)}",
        "changes of an open session that count at the next run": f"{len(changes)} of {len(changes)}",
    }  # fmt: skip


def _runs_out(folder: Path) -> str:
    """A session in a window, asked again after the sign-in service's time has passed."""
    with entering.opened(folder, SECONDS) as site, browsing() as browser:
        context, page = entering.window(browser)
        page.goto(site.signing.address)
        assert not entering.inside(page)
        entering.sign_in(page, entering.ANALYST)
        assert entering.inside(page)
        time.sleep(SECONDS + 1)
        page.locator(".st-key-language button").first.click()
        page.get_by_text("Français").click()
        page.locator(".st-key-door").wait_for(timeout=60_000)
        assert not entering.inside(page)
        context.close()
    return f"denied at the next run, {SECONDS} s after signing in"
