"""The app without a browser: a data folder, an address, and what it then says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import menu

MAIN = str(Path(__file__).parents[2] / "pages" / "ui" / "main.py")
Open = Callable[..., AppTest]
Saved = dict[str, Callable[[], bytes]]


def opening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A function that opens a page of the app."""
    monkeypatch.setenv("EVENKEEL_DATA", str(folder))

    def open_page(slug: str = "overview", **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(MAIN, default_timeout=120)
        for key, value in {"lang": "en", **address}.items():
            app.query_params[key] = value
        return app.run() if slug == "overview" else go(app, slug)

    return open_page


def go(app: AppTest, slug: str) -> AppTest:
    """Another page of the same session."""
    file = next(entry.file for entry in menu.entries() if entry.slug == slug)
    return app.switch_page(f"../{file.name}").run()


def asked(app: AppTest, key: str) -> list[str]:
    """What the address asks for by a key."""
    found = app.query_params[key]
    return [found] if isinstance(found, str) else list(found)


def said(app: AppTest) -> str:
    """Everything that is written on the page, without the signs that keep data from being markdown."""
    written = [*app.title, *app.header, *app.markdown, *app.caption, *app.warning, *app.error, *app.success]
    texts = [str(part.value) for part in written] + [str(button.label) for button in app.button]
    return "\n".join(texts).replace("\\", "")


def step(app: AppTest, name: str) -> AppTest:
    """Another of the four steps of an upload: file, columns, check, use."""
    return app.segmented_control(key="w_step").set_value(name).run()


def land(app: AppTest) -> AppTest:
    """Lands the upload in hand."""
    return step(app, "use").button(key="land").click().run()
