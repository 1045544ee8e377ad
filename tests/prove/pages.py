"""Every page in Chromium, in every size, scheme and language."""

import tempfile
from pathlib import Path

from tests.browser.matrix import SCREENS, inspect, slugs
from tests.browser.window import browsing

LINE = (
    "Pages in Chromium at 1280x800 and 390 px, light and dark, three languages, cold deep link to each "
    "page first: no error, 0 external requests, no serious fault by axe, a picture of each in colour and in grey"
)


def run() -> dict[str, object]:
    """Looks at each page in twelve ways, at what else it shows in four, on a server of its own each."""
    looks, wrong = 0, []
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        for slug in slugs():
            for look, faults in inspect(browser, Path(folder) / "data", slug, full=True):
                looks += 1
                wrong += [f"{look.name()}: {fault}" for fault in faults]
    assert not wrong, f"{len(wrong)} faults in {looks} looks: " + "; ".join(wrong[:8])
    pictures = len(list(SCREENS.glob("*.png")))
    return {
        "pages": len(slugs()),
        "looks": looks,
        "external requests": 0,
        "serious faults": 0,
        "pictures": pictures,
    }
