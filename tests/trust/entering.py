"""Ways into an installation for many, and what each of them shows."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from streamlit.proto.WidgetStates_pb2 import WidgetState

from metrics.access import NOBODY
from metrics.words import say
from tests import fresh, signing
from tests.browser.window import QUIET, Server
from tests.signing import COOKIE, Signing
from tests.trust import cells
from tests.trust.client import Reader, Run, reading

ANALYST, VIEWER, UNKNOWN = "analyst@example.org", "viewer@example.org", "stranger@example.org"
FORGED = "fedcba9876543210fedcba9876543210fedcba9876543210"
BRANCHES = ("kolo", "baro")
NAMES = {"kolo": "Kolo", "baro": "Baro", "doukoro": "Doukoro", "tensa": "Tensa"}


@dataclass(frozen=True)
class Site:
    """A served installation, its data folder and its files."""

    data: Path
    signing: Signing
    server: Server


@contextmanager
def opened(folder: Path, seconds: int = 3600) -> Iterator[Site]:
    """The sample for many with a sign-in service whose sessions last some seconds."""
    data = folder / "data"
    fresh.sample(data)
    signing.let_in(data, {ANALYST: ("analyst", ()), VIEWER: ("viewer", BRANCHES)})
    with signing.issuing(seconds) as issuer:
        made = signing.write(folder / "signing", issuer)
        with signing.serving_many(data, made) as server:
            yield Site(data, made, server)


def seen(run: Run) -> tuple[str, ...] | None:
    """The branches that a run shows; None where the door stays shut, behind which nothing of the data is sent."""
    if "account" in cells.keys(run):
        return tuple(name for name, title in NAMES.items() if run.holds(title))
    assert cells.named(run) == [], cells.named(run)
    return None


def lets_in(site: Site, cookie: str) -> bool:
    """Whether a cookie opens the app."""
    with reading(site.signing.address, cookie) as reader:
        return seen(reader.go("", "lang=en")) is not None


def now(site: Site, name: str, ahead: float = 2.0) -> str:
    """The cookie of somebody who has just signed in: after whatever ended earlier sessions."""
    return signing.cookie(site.signing, name, age=-ahead)


def _tampered(site: Site) -> str:
    """What somebody else is, under the seal of one's own session."""
    mine, other = now(site, VIEWER), now(site, ANALYST)
    return ".".join([other.rsplit(".", 2)[0], *mine.rsplit(".", 2)[1:]])


# Cookies that are not sound, each made from one that is.
COOKIES: Mapping[str, Callable[[Site], str]] = {
    "expired": lambda site: signing.cookie(site.signing, ANALYST, age=7200, lasts=3600),
    "older than a session may last": lambda site: signing.cookie(site.signing, ANALYST, age=13 * 3600, lasts=1e6),
    "tampered": _tampered,
    "signed with another secret": lambda site: signing.cookie(site.signing, ANALYST, age=-2, secret=FORGED),
    "of another site": lambda site: now(replace(site, signing=replace(site.signing, port=1)), ANALYST),
    "of an unknown person": lambda site: now(site, UNKNOWN),
}


def set_role(
    site: Site, name: str, role: str, branches: Sequence[str] = (), end: bool = False
) -> None:  # fmt: skip
    """What an administrator does on Settings, People."""
    with reading(site.signing.address, now(site, signing.ADMIN, 60)) as reader:
        run = reader.go("settings", "lang=en&part=people")
        run = _put(reader, run, "people_name", string_value=name)
        if end or role == NOBODY:
            run = _press(reader, run, "people_end" if end else "people_take")
            _press(reader, run, "people_yes")
            return
        run = _put(reader, run, f"people_role_{name}", string_value=say("en", f"access.role_{role}"))
        if branches:
            field = run.widget(f"people_branches_{name}")
            state = WidgetState(id=field)
            state.string_array_value.data.extend(NAMES[branch] for branch in branches)
            reader.widgets[field] = state
            run = reader.again()
        _press(reader, run, "people_give")


def _put(reader: Reader, run: Run, key: str, **value: str) -> Run:
    field = run.widget(key)
    reader.widgets[field] = WidgetState(id=field, **value)
    return reader.again()


def _press(reader: Reader, run: Run, key: str) -> Run:
    after = reader.again(**{run.widget(key): True})
    assert not after.exceptions, after.exceptions
    return after


# What is done to a viewer of two branches while the session is open, and what the next run shows.
CHANGES: Mapping[str, tuple[Callable[[Site], None], tuple[str, ...] | None]] = {
    "role taken away": (lambda site: set_role(site, VIEWER, NOBODY), None),
    "branch taken away": (lambda site: set_role(site, VIEWER, "viewer", ("kolo",)), ("kolo",)),
    "another role": (lambda site: set_role(site, VIEWER, "board"), tuple(NAMES)),
    "signed out everywhere": (lambda site: set_role(site, VIEWER, "", end=True), None),
}


def changed_while_open(site: Site, change: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """What an open session shows before a change, and at the next run after it."""
    set_role(site, VIEWER, "viewer", BRANCHES)
    with reading(site.signing.address, now(site, VIEWER, 0 if "signed out" in change else 2)) as reader:
        before = seen(reader.go("", "lang=en"))
        CHANGES[change][0](site)
        return before, seen(reader.again())


def window(browser: Browser) -> tuple[BrowserContext, Page]:
    """A window that asks for nothing beyond this computer: the service's page has a style from elsewhere."""
    context = browser.new_context(locale="en-GB")
    context.route(lambda url: "//127.0.0.1:" not in url, lambda route: route.abort())
    return context, context.new_page()


def inside(page: Page) -> bool:
    """Whether the window is let in, once it has settled; the door shows nothing of the data."""
    page.locator(".st-key-account, .st-key-door").first.wait_for(timeout=60_000)
    page.evaluate(QUIET)
    let_in = page.locator(".st-key-account").count() == 1
    told = page.locator("body").inner_text()
    assert let_in or not any(name in told for name in (*NAMES.values(), "Demo MFI")), told
    return let_in


def sign_in(page: Page, name: str) -> None:
    """From the door through the sign-in service and back."""
    page.locator(".st-key-sign_in button").click()
    page.locator("input[name=sub]").fill(name)
    page.locator("button[type=submit], input[type=submit]").first.click()


def _copied(context: BrowserContext) -> str:
    """The cookie of the session, as somebody would copy it."""
    return next(str(one["value"]) for one in context.cookies() if one.get("name") == COOKIE)


def through_the_service(site: Site, browser: Browser) -> dict[str, bool]:
    """Sign in and out in a window, and what a copy of its cookie opens before and after; an unknown person."""
    found: dict[str, bool] = {}
    address = site.signing.address
    context, page = window(browser)
    page.goto(address + "/indicators")
    found["stranger"] = inside(page)
    sign_in(page, ANALYST)
    found["signed in"] = inside(page)
    copy = _copied(context)
    found["copied while in"] = lets_in(site, copy)
    time.sleep(1.1)  # a session that began in this very second is told from one that begins after
    page.locator(".st-key-account button").first.click()
    page.get_by_text(say("en", "access.sign_out_of", role=say("en", "access.role_analyst"))).click()
    page.wait_for_url(f"{site.signing.issuer}/**", timeout=60_000)  # the service asks whether to sign out there too
    page.goto(address)
    found["after sign-out"] = inside(page)
    found["copied after sign-out"] = lets_in(site, copy)
    context.close()
    context, page = window(browser)
    page.goto(address)
    inside(page)
    sign_in(page, UNKNOWN)
    found["unknown"] = inside(page)
    context.close()
    return found
