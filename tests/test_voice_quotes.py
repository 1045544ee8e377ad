"""Quotes: only as those who spoke agreed, never with names, never out of a group too small to hide in."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics import voices
from metrics.store import Store
from metrics.voices.masking import doubtful, masked, vocabulary
from metrics.voices.quoting import showable
from tests.records import Row, opened
from tests.voicing import SPOKEN, client, complaint


def quotable(name: str, text: str, branch: str, agreed: bool | None = True, **other: object) -> Row:
    return complaint(name, text, branch_id=branch, may_quote=agreed, **other)


DICE = random.Random(20260930)
TEXTS = (
    "They shouted at me today.",
    "The fee is too high.",
    "My payment was not entered.",
    "No.",
    "Awa shouted at me.",
)
MIXED = [
    quotable(
        f"mixed-{number}", DICE.choice(TEXTS), DICE.choice(["north", "south", "few"]),
        DICE.choice([True, False, None]), severity=DICE.randint(1, 4),
        client_id=DICE.choice(["north1", "lone", None]),
        received_on=date(2026, DICE.randint(1, 9), DICE.randint(1, 28)),
    )
    for number in range(90)
]  # fmt: skip
CHOSEN = [
    quotable("gravest", "They shouted at me again.", "near", severity=4, category="collection"),
    quotable("grave", "They threatened my mother.", "near", severity=4, category="collection"),
    quotable("third", "The fee is too high for us.", "near", severity=3, category="prices"),
    quotable("awa", "Awa threatened to take my goods.", "near", severity=4, category="collection"),
    quotable("of-her", "My payment was lost by them.", "pair", client_id="pair1"),
    quotable("of-him", "My receipt was lost by them.", "pair", client_id="him"),
    quotable("gone", "My papers were lost by them.", "gone", client_id="gone1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Branches of ten women each; `few` has eight and a man, `pair` a man more; of `gone` all but one have left."""
    tens = [(place, number) for place in ("north", "south", "near", "pair", "gone") for number in range(10)]
    people = [client(f"{place}{number}", branch_id=place) for place, number in tens if place != "gone"]
    people += [client(f"few{number}", branch_id="few") for number in range(8)]
    people += [client(f"gone{n}", branch_id="gone", exited_on=None if n == 1 else SPOKEN) for _, n in tens[-10:]]
    people += [client("him", branch_id="pair", gender="M"), client("lone", branch_id="few", gender="M")]
    folder = tmp_path_factory.mktemp("quotes")
    return opened(folder, clients=people, complaints=[*MIXED, *CHOSEN])


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)) | st.none()


@given(st.integers(0, 100), DAYS, DAYS, st.sampled_from(["north", "south", "few", "gone", None]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_one_asks_nobody_is_quoted_without_consent_or_out_of_fewer_than_ten_clients(
    quoting: Store, n: int, since: date | None, until: date | None, branch: str | None
) -> None:
    agreed = {f"complaints/{row['complaint_id']}" for row in (*MIXED, *CHOSEN) if row.get("may_quote")}
    found = voices.quotes(quoting.cursor(), n, since, until, branch)
    assert {quote.ref for quote in found} <= agreed
    assert all(quote.clients >= 10 and quote.branch_id != "few" for quote in found)
    assert len(found) <= n


def test_a_text_without_consent_is_shown_nowhere(quoting: Store) -> None:
    shown = showable(quoting.cursor(), voices.listed(quoting.cursor()))
    agreed = {f"complaints/{row['complaint_id']}" for row in (*MIXED, *CHOSEN) if row.get("may_quote")}
    assert shown.keys() <= agreed
    assert not [text for text in shown.values() if "Awa" in text]


def test_a_group_too_small_to_hide_in_is_told_more_coarsely(quoting: Store) -> None:
    found = {quote.ref: (quote.branch_id, quote.gender) for quote in voices.quotes(quoting.cursor(), 9, branch="pair")}
    assert found == {"complaints/of-her": ("pair", "F"), "complaints/of-him": ("pair", "")}


def test_a_branch_of_fewer_than_ten_clients_is_not_named(quoting: Store) -> None:
    found = voices.quotes(quoting.cursor(), 9, branch="gone")
    assert [(quote.branch_id, quote.clients >= 10) for quote in found] == [("", True)]


def test_the_gravest_come_first_then_other_subjects_and_a_text_that_may_begin_with_a_name_never(quoting: Store) -> None:
    found = voices.quotes(quoting.cursor(), 9, branch="near")
    assert [quote.ref for quote in found] == ["complaints/grave", "complaints/third", "complaints/gravest"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call me on +226 70 00-12-34 now.", "Call me on … now."),
        ("Write to awa@example.org please.", "Write to … please."),
        ("Loan L-2025-0012 of client 01-00778.", "Loan … of client …."),
        ("I waited 3 weeks and paid at 20.", "I waited 3 weeks and paid at 20."),
        ("The officer Moussa Traoré shouted.", "The officer … shouted."),
        ("Mme Diallo-Bâ did not listen.", "Mme … did not listen."),
        ("Then Awa and I'm afraid.", "Then … and I'm afraid."),
        ("Yes, Mr. Sana did not listen.", "Yes, Mr. … did not listen."),
        ("Officer S-017 came on Friday.", "Officer … came on Friday."),
        ("El asesor Juan D'Souza me gritó.", "El asesor … me gritó."),
        ("He said kéboura is right.", "He said … is right."),
    ],
)
def test_names_numbers_and_addresses_are_hidden(text: str, shown: str) -> None:
    assert masked(text, {"keboura"}) == shown


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("Awa shouted at me.", True),
        ("The fee is high. Moussa knows.", True),
        ("Nobody told me. The fee is high.", False),
    ],
)
def test_a_text_that_may_begin_with_a_name_is_doubtful(text: str, may_be: bool) -> None:
    assert doubtful(text, vocabulary(["the fee"])) == may_be
