"""What the README prints works from a clean clone in an empty environment."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from tests.browser.window import Server, browsing, free_port, wait_for, window
from tests.prove.command import ROOT, SHARED

LINE = (
    "Clean clone, empty environment: `make run` and `make test` work as printed in the README; "
    "browser tests run, none skipped"
)


def run() -> dict[str, object]:
    """Clones what is committed, tests it, opens it in the browser."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "main"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        (Path(folder) / "shared").symlink_to(SHARED)
        bare = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ} | {"HOME": folder}
        tested = subprocess.run(["make", "test"], cwd=clone, env=bare, capture_output=True, text=True)
        closing = (
            re.findall(r"^=* ?(\d+ .*(?:passed|failed).* in .*?)=*$", tested.stdout, re.M) or ["no closing line"]
        )[-1]
        assert tested.returncode == 0, closing + tested.stdout[-800:] + tested.stderr[-800:]
        assert "skipped" not in closing, closing
        return {"make test": closing.strip(), "make run": opened(clone, bare)}


def opened(clone: Path, bare: dict[str, str]) -> str:
    """The first heading of the app that `make run` opens, on a port of its own."""
    port, log = free_port(), clone.parent / "run.log"
    bare = {**bare, "STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    with log.open("wb") as written:
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env=bare, stdout=written, stderr=written, start_new_session=True
        )
    server = Server(f"http://127.0.0.1:{port}", process, clone / "data" / "local", log)
    try:
        wait_for(server, 300)
        with browsing() as browser, window(browser, server) as seen:
            seen.go("/")
            return "opens with " + repr(seen.page.locator("h1, h2").first.inner_text())
    finally:
        os.killpg(process.pid, 15)
        process.wait(20)
