"""The balance strip as Chromium draws it: whatever the figures, no two texts meet and none leaves the strip."""

from itertools import product

import pytest
from playwright.sync_api import Browser

from metrics import live
from metrics.charts.strip import Healths, Reading, strip
from metrics.charts.tones import LIGHT
from tests.live import data
from tests.live.serve import serving

pytestmark = pytest.mark.browser

SIDES = (None, 0.0, 7.0, 26.0, 49.6, 52.0, 74.0, 93.0, 100.0)
BOXES = """() => [...document.querySelectorAll('body > div')].map(div => [...div.querySelectorAll('text')].map(text => {
  const box = text.getBoundingClientRect(), place = div.getBoundingClientRect();
  return [text.textContent, box.left - place.left, box.right - place.left, box.top - place.top, box.bottom - place.top];
}))"""


def readings() -> list[Reading]:
    """Every pair of healths, with others close by a quarter earlier."""
    found = []
    for financial, social in product(SIDES, SIDES):
        balance = None if financial is None or social is None else 0.55 * financial + 0.45 * social
        before = Healths(*(None if v is None else min(100.0, v * 0.97 + 1.5) for v in (financial, social, balance)))
        found.append(Reading(Healths(financial, social, balance), before, "September", 45))
    return found


@pytest.mark.parametrize(("width", "language"), [(1216, "en"), (1216, "fr"), (358, "en"), (358, "fr")])
def test_no_two_texts_meet(browser: Browser, width: int, language: str) -> None:
    drawn = "".join(f'<div style="height:96px">{strip(one, language, LIGHT, width)}</div>' for one in readings())
    page = browser.new_page(viewport={"width": width + 64, "height": 800})
    page.set_content(f'<body style="margin:32px;font-family:Inter,sans-serif">{drawn}</body>')
    strips = page.evaluate(BOXES)
    page.close()
    assert len(strips) == len(readings())
    assert [f"{a[0]} / {b[0]}" for texts in strips for k, a in enumerate(texts) for b in texts[:k] if meet(a, b)] == []
    assert [text for texts in strips for text, left, right, *_ in texts if left < -12 or right > width + 12] == []


def meet(a: list[float], b: list[float]) -> bool:
    """Whether two texts cover a common area; the lines' own air is not counted."""
    return a[1] < b[2] and b[1] < a[2] and a[3] + 4 < b[4] - 3 and b[3] + 4 < a[4] - 3


def test_the_component_puts_the_drawing_in_and_runs_nothing(browser: Browser) -> None:
    hostile = '<div class="ek-strip-wide"><svg><text>58</text></svg><img src=x onerror="faults.push(1)"></div>'
    with serving(data.reference()) as harness:
        page = browser.new_page()
        page.goto(harness.address)
        page.wait_for_selector("body[data-ready]")
        drawn = page.evaluate(
            """async ([js, html, drawn]) => {
            const module = await import(URL.createObjectURL(new Blob([js], {type: 'text/javascript'})));
            const host = document.body.appendChild(document.createElement('div')).attachShadow({mode: 'open'});
            host.innerHTML = html;
            for (const k of [1, 2]) module.default({data: {drawn}, parentElement: host});
            return host.querySelectorAll('svg text').length; }""",
            [live.text("strip.js"), live.text("strip.html"), hostile],
        )
        page.wait_for_load_state("networkidle")
        assert page.evaluate("faults.includes(1)") is False
        page.close()
    assert drawn == 1
