"""Every cell of the table of roles, as a reader meets it: where an action stands on a page, and for whom.

An address is a page with its view; what stands behind a button that a role may not press is looked at by its address.
"""

import datetime
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from metrics import access, kept, own
from metrics.access import OWNER, roles
from metrics.disclosures import book, template
from metrics.policy import load
from metrics.standing import View
from metrics.store import Store
from metrics.voices.listing import listed as listed_voices
from tests import fresh, signing
from tests.browser.window import Server
from tests.trust.client import NAMED, Reader, Run, reading

# page -> action -> (address, the beginning of a widget's key) that show it; all of them must be there, or none.
CELLS: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]] = {
    "overview": {"export": (("", "take_where_svg"),)},
    "tradeoffs": {
        "export": (("", "take_lines_svg"),),
        "policy": (("compare=save", "scenario_keep_now"), ("compare=save", "scenario_file"),
                   ("shock=flood", "shock_keep"), ("scenario=ours@1", "scenario_delete")),
        "approve": (("scenario=ours@1", "scenario_approve"),),
    },
    "indicators": {
        "export": (("", "excel_list"),),
        "rows": (("indicator=par30&unit=kolo", "excel_rows_0"),),
        "policy": (("indicator=own_green", "own_count"), ("indicator=own_green", "own_withdraw")),
    },
    "warnings": {
        "export": (("", "take_limits"), ("part=register", "register_excel")),
        "record": (("", "brk_seen_"), ("part=register", "risk_add"), ("part=register&risk=conduct", "risk_edit"),
                   ("part=register&show=new_risk", "risk_new_go")),
        "approve": (("", "limit_new"), ("show=limit&indicator=par30&unit=institution", "lim_keep")),
    },
    "voices": {
        "export": (("", "take_loop_svg"),),
        "record": (("", "heard_type"), ("part=actions", "deed_open_form"), ("part=decisions", "decide_open"),
                   ("part=tailored", "need_accept_")),
    },
    "board": {
        "export": (("", "board_pdf"), ("part=pack", "take_pdf_")),
        "freeze": (("part=pack", "pack_freeze"),),
        "record": (("part=pack", "note_open_"), ("part=disclosures", "disclosure_again")),
        "policy": (("part=disclosures", "disclosure_file"),),
        "approve": (("part=disclosures", "disclosure_approve"),),
    },
    "data": {
        "export": (("", "download_template"),),
        "rows": (("", "download_export"), ("", "take_par_drop")),
        "upload": (("", "uploader_"), ("part=scorecard", "uploader_"), ("part=peers", "uploader_")),
        "take_out": (("", "undo_1"),),
    },
    "methods": {"export": (("part=missing", "excel_waiting"),)},
    "settings": {
        "export": (("part=limits", "excel_limits"),),
        "policy": (("setting=complaint_days:15", "save"), ("part=policies", "regulator_0")),
        "approve": (("setting=complaint_days:15", "save_on"),),
        "upload": (("part=institution", "institution_save"),),
        "people": (("part=people", "people_name"),),
        "activity": (("part=activity", "activity_check_now"),),
    },
}  # fmt: skip
# Cells whose action is no widget of a page that is looked at here: of these the engine alone is asked.
ELSEWHERE = {("voices", "rows"), ("settings", "privacy"), ("settings", "erase"), ("settings", "backup")}
SECONDS = 300.0  # for a page on a server that just started, on a computer that has other things to do
# Two branches: a page that orders them draws nothing for one.
BRANCHES, ROLES = ("kolo", "baro"), tuple(role for role in roles.roles() if role != OWNER)
GREEN = {"title": "Energie verte", "heading": "Énergie verte %", "pillar": "social", "unit": "%", "better": "higher",
         "worst": 0, "best": 0.6}  # fmt: skip


@dataclass(frozen=True)
class House:
    """An installation for many with data of its own: a person of each role, named by it.

    `ref` is a voice of somebody who did not agree to be quoted, as a role that reads under a pseudonym knows it;
    `words` are some of it that Markdown leaves plain.
    """

    data: Path
    signing: signing.Signing
    ref: str
    words: str

    def cookie(self, role: str) -> str:
        """The cookie of the person with a role."""
        return signing.cookie(self.signing, person(role))


def person(role: str) -> str:
    """Who has a role."""
    return signing.ADMIN if role == "admin" else f"{role}@example.org"


def build(folder: Path) -> House:
    """The sample as an institution's own data, with an own indicator, a prepared disclosure and people."""
    data = folder / "data"
    data.mkdir(parents=True)
    shutil.copy(fresh.sample(folder / "sample"), data / "evenkeel.duckdb")
    own.write(data, own.of("", "own_green", GREEN))
    store = Store.open(data)
    day = datetime.date(2026, 9, 30)
    with closing(store.cursor()) as cursor, access.acting(access.Actor("steward@example.org", "steward")):
        asked = template.shipped(template.names()[0])
        found = book.filled(cursor, asked, load("equal").settings, "equal", day)
        book.prepare(store, found, "en", "steward@example.org", day)
    kept.save(store, load("equal"), View(day), "Ours", "owner@example.org")
    with closing(store.within(access.Actor("", "board").reach).cursor()) as cursor:
        quiet = next(one for one in listed_voices(cursor) if one.text and not one.may_quote)
    store.close()
    given = {person(role): (role, () if roles.roles()[role].whole else BRANCHES) for role in ROLES if role != "admin"}
    signing.let_in(data, given)
    words = max(re.findall(r"[A-Za-z ]+", quiet.text), key=len).strip()
    return House(data, signing.write(folder / "signing"), quiet.ref, words)


@contextmanager
def served(house: House) -> Iterator[Server]:
    """The house with its server, cold."""
    with signing.serving_many(house.data, house.signing) as server:
        yield server


@contextmanager
def as_role(house: House, role: str) -> Iterator[Reader]:
    """A session of the person with a role; empty for a stranger's."""
    with reading(house.signing.address, house.cookie(role) if role else None) as reader:
        yield reader


def keys(run: Run) -> set[str]:
    """The keys of the widgets that a run drew."""
    return {found[1].decode() for raw in run.raw for found in NAMED.finditer(raw)}


def address(page: str) -> str:
    """How a page is asked for: the first one stands at the root."""
    return "" if page == "overview" else page


def shown(house: House, role: str, page: str, action: str) -> list[bool]:
    """For each place of an action whether it is drawn for a role that comes by a deep link."""
    found = []
    for query, key in CELLS[page][action]:
        with as_role(house, role) as reader:
            run = reader.go(address(page), f"lang=en&{query}" if query else "lang=en", SECONDS)
        assert not run.exceptions, (page, query, run.exceptions)
        found.append(any(one.startswith(key) for one in keys(run)))
    return found


def wrong(house: House, role: str, page: str, action: str) -> list[str]:
    """What of a cell is not as the table says."""
    allowed, drawn = roles.may(role, action, page), shown(house, role, page, action)
    places = zip(CELLS[page][action], drawn, strict=True)
    return [f"{role} {page}?{query} {key}: {one}" for (query, key), one in places if one != allowed]


def listed() -> list[tuple[str, str]]:
    """Every page with each action that it offers, but for those that are asked of the engine alone."""
    return [
        (page, action) for page, actions in roles.offered().items() for action in sorted(actions)
        if (page, action) not in ELSEWHERE
    ]  # fmt: skip


def named(run: Run) -> list[str]:
    """What of the data a run names: the institution, its branches and products; and every text with a figure in it."""
    names = ("Demo MFI", "Kolo", "Baro", "Doukoro", "Tensa", "kolo", "baro", "doukoro", "tensa")
    return [name for name in names if run.holds(name)] + [
        text for text in run.texts if any(letter.isdigit() for letter in text)
    ]  # fmt: skip



def reads_words(house: House, role: str) -> bool:
    """Whether a role reads what somebody said who did not agree to be quoted; what is known of it beside is shown."""
    with as_role(house, role) as reader:
        run = reader.go("voices", urlencode({"lang": "en", "voice": house.ref}), SECONDS)
    assert "voice_back" in keys(run), (role, run.texts)
    return run.holds(house.words)
