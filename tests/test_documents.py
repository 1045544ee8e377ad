"""The board page: one page, every number the picture's, and no text of anyone's data is ever markup."""

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from metrics import findings, limits, values
from metrics.catalogue import indicators
from metrics.charts import lines
from metrics.documents import board, broken, document
from metrics.documents.board import Asked
from metrics.documents.document import Document
from metrics.figures import figure
from metrics.picture import Picture, picture
from metrics.policy import load
from metrics.store import Cursor, Scope
from metrics.words import LANGUAGES, percent, say
from tests import fresh
from tests.pictures import driver, twelve, unit
from tests.pictures import picture as pictured

HOSTILE = (
    '#panic("x")', "*a*", "$x$", "@b", "<c>", "École d’Été “Ñ” çà", "A" * 80, "#import \"@preview/a:1.0.0\": *",
    "\\u{41} \\", "`raw` // x /* y */", "= Title", "{{x}} [y] ~ --- '",
)  # fmt: skip


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    store = fresh.open_copy(tmp_path_factory.mktemp("documents"))
    yield store.cursor(Scope())
    store.close()


@pytest.fixture(scope="module")
def sample(cursor: Cursor) -> Picture:
    return picture(cursor, load("equal"))


def asked(**changed: object) -> Asked:
    return replace(Asked("Equal", 50.0), **changed)


def read(made: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document.pdf(made)))


def bare(text: str) -> str:
    """A text without what a line break may change."""
    return re.sub(r"[\s\u200b]+", "", text)


def written(made: Document) -> str:
    """Everything that can be read on the PDF, its drawings too."""
    return bare("".join(page.extract_text() for page in read(made).pages))


def test_the_pdf_is_one_tagged_page_with_title_language_bookmarks_and_its_own_fonts(sample: Picture) -> None:
    found = read(board.board(sample, asked(sample=True), "en"))
    root, (page,) = found.trailer["/Root"], found.pages
    assert found.metadata is not None
    assert found.metadata.title == "Board page: Demo MFI (synthetic), 30 Sep 2026"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]
    assert len(found.outline) >= 1
    fonts = {str(font["/BaseFont"]) for font in map(lambda one: one.get_object(), page["/Resources"]["/Font"].values())}
    assert fonts and all("Inter" in font for font in fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_headline_the_date_the_share_and_whose_it_is(sample: Picture, language: str) -> None:
    text = written(board.board(sample, asked(sample=True, decision="Geler Kolo ?"), language))
    wanted = [
        findings.headline(sample, language),
        findings.second_line(sample, language),
        say(language, "documents.as_of", date=sample.as_of),
        say(language, "documents.balance_at", share=percent(language, sample.social / 100, 0)),
        say(language, "documents.sample"),
        "Demo MFI (synthetic)",
        "Geler Kolo ?",
    ]
    assert [one for one in wanted if bare(one) not in text] == []


def test_every_number_is_the_pictures(sample: Picture) -> None:
    text = written(board.board(sample, asked(), "en"))
    whole, order = sample.whole, lines.order(sample)
    assert f"Socialhealth{findings.shown(whole.social or 0)}" in text
    assert f"Balance{findings.shown(whole.balance or 0)}" in text
    assert f"{findings.shown(whole.financial or 0)}Financialhealth" in text
    worst = sorted(sample.units, key=lambda one: one.balance or 0)[:3]
    watch = ",".join(bare(one.name) + str(findings.shown(one.balance or 0)) for one in worst)
    assert f"Watchlist,worstfirst:{watch};" in text
    first = max(sample.units, key=lambda one: one.balance or 0)
    assert order.leader is not None
    ends = [bare(percent("en", share / 100, 0)) for share in (order.leader.low, order.leader.high)]
    assert f"{bare(first.name)}leadsatanysocialsharefrom{ends[0]}to{ends[1]}." in text
    for one in broken.broken(sample)[: board.MOST]:
        indicator = indicators()[one.driver.indicator]
        value, limit = (figure("en", indicator, part, sample.currency) for part in (one.driver.value, one.driver.limit))
        assert f"{bare(one.unit.name)}+{one.others}{bare(value)}{bare(limit)}" in text


def test_the_share_of_the_page_moves_the_rule_and_is_said_beside_the_weightings_own(cursor: Cursor) -> None:
    text = written(board.board(picture(cursor, load("equal").with_social(30)), asked(), "en"))
    assert "Balanceat30" in text
    assert bare("with a social share of 30 % instead of its own 50 %") in text


def test_the_leaders_range_is_where_a_sweep_finds_another_first(sample: Picture) -> None:
    order = lines.order(sample)
    assert order.leader is not None and order.watch is not None
    for step in range(1001):
        share = step / 10
        ranked = sorted(order.units, key=lambda u: -((100 - share) * (u.financial or 0) + share * (u.social or 0)))
        near = [abs(share - end) < 0.2 for end in (*_ends(order.leader), *_ends(order.watch))]
        if any(near):
            continue
        assert (ranked[0] is order.first()) == (order.leader.low < share < order.leader.high)
        same = set(u.id for u in ranked[-3:]) == set(u.id for u in order.watched())
        assert same == (order.watch.low <= share <= order.watch.high)


def _ends(found: lines.Range) -> tuple[float, float]:
    return found.low, found.high


def test_a_breach_began_where_the_history_first_shows_it(cursor: Cursor, sample: Picture) -> None:
    found = broken.broken(sample)
    begun = broken.since(cursor, sample, found)
    names = sorted({one.driver.indicator for one in found})
    frame = values.values(cursor, sample.policy.settings, by="branch", indicators=names)
    assert set(begun) == {(one.unit.id, one.driver.indicator) for one in found}
    for (name, indicator), day in begun.items():
        rows = frame[(frame["unit"] == name) & (frame["indicator"] == indicator)].sort_values("period")
        past = [bool(limits.level(indicators()[indicator], value, sample.limits)[0]) for value in rows["value"]]
        days = list(rows["period"])
        at = days.index(day)
        assert all(past[at:])
        assert at == 0 or not past[at - 1]


def test_one_row_stands_for_a_limit_where_it_is_passed_furthest() -> None:
    kolo = unit("Kolo", 63, 23, drivers=(driver("nps", 0.1, level="amber", score=40.0), driver("par30", score=30.0)))
    baro = unit("Baro", 42, 58, drivers=(driver("par30", score=5.0), driver("oss", 0.9, level="amber", score=2.0)))
    found = broken.broken(pictured(kolo, baro))
    assert [(one.driver.indicator, one.unit.name, one.others) for one in found] == [
        ("par30", "Baro", 1), ("oss", "Baro", 0), ("nps", "Kolo", 0),
    ]  # fmt: skip


def test_at_most_seven_limits_are_listed_and_the_rest_are_counted() -> None:
    names = [name for name, one in indicators().items() if one.unit == "%"][:10]
    drivers = tuple(driver(name, score=9.0) for name in names)
    made = pictured(unit("Kolo", 63, 23, drivers=drivers), unit("Baro", 80, 70))
    content = board.board(made, asked(), "en").content["limits"]
    assert isinstance(content, dict)
    assert len(content["rows"]) == board.MOST
    assert "3 more limits are passed" in content["text"]


def hostile() -> Picture:
    made = [unit(name, 60.0 - place, 20.0 + 5 * place) for place, name in enumerate(HOSTILE)]
    made = [replace(one, drivers=(driver(score=float(place)),)) for place, one in enumerate(made)]
    return pictured(*made, institution_name="#let x = [*hostile*]")


def test_no_text_of_data_is_markup() -> None:
    decision = " ".join(HOSTILE)[:250]
    made = board.board(hostile(), asked(decision=decision, part="*kolo* #panic()", weighting="$w$ @x"), "en")
    text = written(made)
    assert len(read(made).pages) == 1
    for wanted in (decision, "#let x = [*hostile*]", "Only *kolo* #panic()", "$w$ @x; social share 50 %."):
        assert bare(wanted) in text
    watched = [one.name for one in lines.order(hostile()).watched()]
    assert watched and all(bare(board.shortened(name, 17)).rstrip("…") in text for name in watched)


@pytest.mark.many
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_any_kind_is_printed_as_it_is(name: str) -> None:
    made = pictured(unit(name, 63, 23, drivers=(driver(),)), unit("Baro", 80, 70), unit("Sirandé", 82, 54))
    text = written(board.board(made, asked(), "fr"))
    assert bare(board.shortened(name, board.BRIEF)) in text


def test_signs_that_paper_cannot_show_are_left_out() -> None:
    assert document.plain("a\nb\tc\x00d\u202ee\ud800f") == "a b cdef"
    made = pictured(unit("\u202eevil\x07\n", 63, 23), unit("Baro", 80, 70), unit("\ud800x", 40, 41, id="x"))
    assert len(read(board.board(made, asked(decision="\ud800\x1b[0m"), "en")).pages) == 1


FORTY = [unit(f"Agence {k}", 20 + k * 1.7, 90 - (k * 37) % 70, drivers=(driver(),)) for k in range(40)]
STATES = {
    "forty": (pictured(*FORTY), "40 branches"),
    "two": (pictured(unit("Kolo", 63, 23), unit("Baro", 42, 58)), "watch list at every weight"),
    "one": (pictured(unit("Kolo", 63, 23)), "its balance runs from 63 (financial only) to 23 (social only)"),
    "social": (pictured(*[unit(f"B{k}", 60.0 - k, None) for k in range(4)], whole=unit("Demo", 58, None)),
               "The weight needs both sides: social health is not measured yet."),
    "financial": (pictured(*[unit(f"B{k}", None, 60.0 - k) for k in range(4)], whole=unit("Demo", None, 58)),
                  "The weight needs both sides: financial health is not measured yet."),
    "unlimited": (twelve(limits_default=0), "No limits are set"),
    "few": (pictured(unit("Kolo", None, None, too_few=True), whole=unit("Demo", None, None, too_few=True)),
            "Too few clients to show"),
    "short": (pictured(unit("Kolo", None, None), whole=unit("Demo", None, None), coverage=0.3),
              "Too little is measured"),
    "within": (pictured(*[unit(f"B{k}", 60.0 + k, 55.0 + k) for k in range(5)]), "B4 leads at every social share."),
    "several": (twelve(by="institution", institution_name="", whole=unit("", None, None)), "4 of 12 institutions"),
    "tied": (pictured(unit("C", 80, 81), unit("D", 81, 80), *[unit(f"B{k}", 60, 60) for k in range(5)]),
             "C, D share first place with 81 each"),
    "weakest": (replace(twelve(), exponent=float("-inf")), "leads at every social share"),
    "harmonic": (replace(twelve(), exponent=-1.0), "Watch list"),
    "nothing social": (twelve(social=0.0), "Balance at 0 %"),
    "all social": (twelve(social=100.0), "Balance at 100 %"),
}  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_one_page_and_its_sentence(state: str) -> None:
    made, sentence = STATES[state]
    shown = board.board(made, asked(institution="Several institutions" if state == "several" else "Demo"), "en")
    assert len(read(shown).pages) == 1
    assert bare(sentence) in written(shown)


def test_the_fullest_page_is_still_one() -> None:
    long = "Un nom d’agence très très long qui compte à peu près quatre-vingts lettres en tout"
    names = [name for name, one in indicators().items() if len(one.text("fr", "plain")) > 25][:9]
    drivers = tuple(driver(name, score=float(k)) for k, name in enumerate(names))
    units = [unit(f"{long} {k}", 49.0 - k, 30.0 + k, drivers=drivers) for k in range(40)]
    full = asked(decision="W" * 280, part=long, sample=True, by_hand=True, reconstructed=True, own_share=20.0)
    assert len(read(board.board(pictured(*units, institution_name=long), full, "fr")).pages) == 1


def test_the_picture_of_the_page_is_sharp_and_its_ground_is_white(sample: Picture) -> None:
    (drawn,) = document.pictures(board.board(sample, asked(), "en"))
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert image.size[0] >= 2 * 944  # twice the pixels of its place on a page
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert len(drawn) < 400_000


def test_what_stands_on_the_page_is_told_to_those_who_do_not_see_it(sample: Picture) -> None:
    told = board.board(sample, asked(decision="Freeze new loans."), "en").told
    for wanted in (findings.headline(sample, "en"), "Madina Sud leads", "Doukoro 33", "57.4", "Freeze new loans."):
        assert wanted in told


def test_names_at_the_ends_of_lines_stand_apart_and_inside() -> None:
    from metrics.charts.lines_plot import apart

    found = apart([3.0, 4.0, 5.0, 99.0, 99.5], 14.0, 100.0)
    assert found[0] >= 0 and found[-1] <= 100
    assert all(b - a >= 14 for a, b in zip(found, found[1:], strict=False))


def test_a_file_is_named_by_letters_that_every_system_takes() -> None:
    assert document.file_name("Crédit/É:*?", "board page", "2026-09-30") == "Crédit-É_board-page_2026-09-30.pdf"


def test_the_page_needs_no_file_but_its_own(sample: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert document.pdf(board.board(sample, asked(), "en")).startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == []


def test_the_same_figures_make_the_same_file(sample: Picture) -> None:
    first, second = (document.pdf(board.board(sample, asked(), "en")) for _ in range(2))
    assert first == second


def test_a_breach_that_stood_at_the_first_date_is_said_to_be_older() -> None:
    day = datetime.date(2026, 9, 30)
    made = pictured(unit("Kolo", 63, 23, drivers=(driver(),)), unit("Baro", 80, 70))
    content = board.board(made, asked(since={("kolo", "par30"): day}), "en").content["limits"]
    assert isinstance(content, dict)
    assert content["rows"][0]["since"] == "Sep 2026 or before"
