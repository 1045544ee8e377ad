"""The live component: from the input event to the end of drawing, and a drag frame by frame in a trace."""

import json
from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench import Figure
from tests.browser.window import browsing
from tests.live import data
from tests.live.serve import serving

SIZES = ((40, 30, 8.0), (40, 128, 8.0), (400, 128, 16.0))  # units, leaves, limit in ms
SURVEYED, EVENTS, ROUNDS, FRAMES = 0.3, 200, 5, 300
FRAME_MS = 1000 / 60
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "blink.user_timing"]
# Each event is a jump to another share, so that most rows change; the layout is asked for before the clock stops.
HANDLER = """([selector, events]) => {
  const sliders = [...shadow.querySelectorAll(selector)], root = shadow.querySelector('.evenkeel'), times = [];
  for (let k = 0; k < events; k += 1) {
    const slider = sliders[k % sliders.length];
    slider.value = (k * 37) % 101;
    const start = performance.now();
    slider.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
    root.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}"""
# Marks in the trace: an input event came; when all who listen are done, whether anything of the picture changed.
MARKS = """() => {
  let changes = 0;
  const watch = new MutationObserver(records => { changes += records.length; });
  watch.observe(shadow, {subtree: true, attributes: true, childList: true, characterData: true});
  window.addEventListener('input', () => { changes = 0; performance.mark('input'); }, true);
  window.addEventListener('input', () => performance.mark(changes + watch.takeRecords().length ? 'drawn' : 'idle'));
}"""


def opened(browser: Browser, address: str) -> Page:
    """The component at 1280x800, ready."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page


def handler(page: Page, selector: str) -> float:
    """Milliseconds from the input event to the end of drawing, 95th percentile of all events."""
    times = sorted(float(t) for _ in range(ROUNDS) for t in page.evaluate(HANDLER, [selector, EVENTS]))
    return times[int(len(times) * 0.95)]


def drag(browser: Browser, page: Page) -> list[dict[str, Any]]:
    """Drags the thumb to and fro with one move a frame, each to another share; returns the trace."""
    box = page.locator(".evenkeel .slider").bounding_box()
    assert box
    left, width, y = box["x"] + 12, box["width"] - 24, box["y"] + box["height"] / 2
    page.mouse.move(left + 0.45 * width, y)
    page.mouse.down()
    page.evaluate(MARKS)
    browser.start_tracing(page=page, categories=CATEGORIES)
    for move in range(FRAMES + 5):
        step = move % 160
        page.mouse.move(left + width * (0.1 + (step if step < 80 else 160 - step) / 100), y)
    trace = json.loads(browser.stop_tracing())
    page.mouse.up()
    return list(trace["traceEvents"])


def frames(trace: list[dict[str, Any]]) -> tuple[int, int]:
    """Frames of the drag in which an input event came, and those of them that did not paint what it changed.

    A frame runs from one start of the main thread's frame to the next; it is redrawn where the picture changed
    within the input event and a paint and a commit follow in the same frame.
    """
    marks = ("BeginMainThreadFrame", "input", "drawn", "Paint", "Commit")
    timeline = sorted((e["ts"], e["name"]) for e in trace if e["name"] in marks and e["ph"] in "XIRbB")
    spans: list[list[str]] = []
    for _, name in timeline:
        if name == "BeginMainThreadFrame":
            spans.append([])
        elif spans:
            spans[-1].append(name)
    moved = [span for span in spans if "input" in span][:FRAMES]
    return len(moved), sum(not redrawn(span) for span in moved)


def redrawn(span: list[str]) -> bool:
    """Whether input, change of the picture, paint and commit follow each other in a frame."""
    place = 0
    for wanted in ("input", "drawn", "Paint", "Commit"):
        if wanted not in span[place:]:
            return False
        place = span.index(wanted, place) + 1
    return True


def run(units: int, leaves: int) -> dict[str, float]:
    """The figures: milliseconds at the 95th percentile, frames of a drag and frames without a redraw."""
    with browsing() as browser, serving(data.random(units, leaves, surveyed=SURVEYED)) as harness:
        page = opened(browser, harness.address)
        share = handler(page, ".slider")
        theme = handler(page, ".theme-slider")
        page.locator(".evenkeel .view-map").click()
        map_ = handler(page, ".slider")
        page.reload()
        page.wait_for_selector("body[data-ready]")
        seen, missed = frames(drag(browser, page))
    return {"share": share, "theme": theme, "share on the map": map_, "frames": seen, "without redraw": missed}


def bench() -> list[Figure]:
    """Input handler of the share and of a theme, and the frames of a drag, at each size."""
    against = "a frame at 60 Hz"
    figures = []
    for units, leaves, limit in SIZES:
        found = run(units, leaves)
        size = f"{units} units x {leaves} leaves"
        for name in ("share", "theme", "share on the map"):
            what = f"{size}, event to end of drawing, p95: {name}"
            figures.append(Figure(what, found[name], limit, "ms", against, FRAME_MS / found[name]))
        short = max(0.0, FRAMES - found["frames"])
        what = f"{size}: frames of {FRAMES} of a drag without a redraw"
        figures.append(Figure(what, found["without redraw"] + short, 0.0, "of it"))
    return figures
