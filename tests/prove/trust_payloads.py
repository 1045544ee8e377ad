"""Every text of the data bears a payload; every page, view and drawer is opened in Chromium, each time shifted."""

import tempfile
from pathlib import Path

from tests.browser.window import browsing, serving, window
from tests.trust import hostile, walk
from tests.trust.canary import word

LINE = "text payloads on all pages | external requests 0; scripts 0"


def run(turns: int = 2) -> dict[str, object]:
    """Walks all pages once for each turn of the payloads."""
    seen: set[str] = set()
    faults: list[str] = []
    addresses = list(walk.everywhere(word("kolo")))
    for turn in range(turns):
        with tempfile.TemporaryDirectory() as name, hostile.sinking() as sink:
            data = Path(name) / "data"
            hostile.planted(data, sink.address, turn * len(hostile.PAYLOADS) // turns).close()
            with serving(data, 120) as server, browsing() as browser, window(browser, server) as opened:
                hostile.listen(opened, sink)
                wrong, shown = hostile.walked(opened, sink, addresses)
                faults += wrong
                seen |= shown
                assert "Traceback" not in server.said(), server.said()[-2000:]
    assert not faults, faults[:10]
    assert len(seen) >= len(hostile.PAYLOADS) * 3 // 4, sorted(seen)
    return {
        "pages and views": len(addresses), "turns": turns, "payloads": len(hostile.PAYLOADS),
        "seen as they are": len(seen), "external requests": 0, "scripts": 0,
    }  # fmt: skip
