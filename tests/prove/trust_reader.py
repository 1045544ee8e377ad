"""Two readers beside the process that owns the data: what lands there is on their pages, whole, within seconds."""

import json
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

from metrics import sample
from metrics.store import Store
from tests import owning
from tests.browser.window import Server, Window, browsing, serving, window
from tests.ingesting import five, text
from tests.trust import kept
from tests.trust.test_reader import watched

LINE = (
    "A second and a third process read published copies: what lands in the first is on their pages within seconds, "
    "nothing can be changed there, and no reader ever sees half a state"
)
SECONDS = 120.0


def run(imports: int = 3, changes: int = 30) -> dict[str, object]:
    """Serves an owner and two readers, imports, and looks at both readers' pages; then many swaps under two looks."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_:
        place = Path(name)
        with closing(Store.open(place / "data")) as store:
            sample.land(store)
        owner, *readers = (open_.enter_context(_serving(place, role)) for role in ("data", "one", "two"))
        browser = open_.enter_context(browsing())
        shown = [open_.enter_context(window(browser, reader)) for reader in readers]
        waits = [_seen(owner, shown, place, n) for n in range(imports)]
        _refused(shown[0])
        faults = [fault for one in shown for fault in one.faults]
        assert not faults, faults
    with tempfile.TemporaryDirectory() as name, closing(Store.open(kept.folder(Path(name)))) as store:
        seen = watched(store, Path(name), changes)
    assert seen["wrong"] == 0
    return {
        "imports seen by both readers": imports, "longest wait": f"{max(waits):.1f} s",
        "copies swapped under two looks": changes, "looks": seen["looks"], "wrong": seen["wrong"],
    }  # fmt: skip


def _serving(place: Path, role: str):  # type: ignore[no-untyped-def]
    """The app on a data folder of its own: `data` publishes, the others read."""
    config = place / f"{role}.toml"
    setting = "publish" if role == "data" else "reads"
    config.write_text(f"{setting} = {json.dumps(str(place / 'copies'))}\n")
    if role != "data":
        until = time.monotonic() + SECONDS
        while not (place / "copies" / "newest.json").exists() and time.monotonic() < until:
            time.sleep(0.1)
    return serving(place / role, 120, EVENKEEL_CONFIG=str(config))


def _seen(owner: Server, shown: list[Window], place: Path, n: int) -> float:
    """Import a file by the command line, which the owner answers; seconds until both readers' pages name it."""
    file = text(place, five(r1c6=f"{n + 1}.00"), name=f"late{n}.csv")
    assert owning.run(owner.data, "import", file, "--as-of", f"2026-10-0{n + 1}") == 0
    began = time.monotonic()
    for one in shown:
        while True:
            one.go("/data")
            if file.name in one.page.content():
                break
            assert time.monotonic() - began < SECONDS, f"{file.name} is not on the page"
    return time.monotonic() - began


def _refused(one: Window) -> None:
    """The page says that it is a copy, and offers no way to bring data in."""
    text_ = one.page.inner_text("[data-testid=stMain]")
    assert "Reading copy of" in text_, text_
    assert one.page.locator("[data-testid=stFileUploader]").count() == 0
