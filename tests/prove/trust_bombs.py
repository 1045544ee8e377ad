"""Files made to harm, through the page: the server lives, others are answered, and each file ends in a sentence."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from metrics.words import say
from pages.ui.text import md
from tests import fresh
from tests.browser.window import Server, serving
from tests.corpus import bombs
from tests.corpus.make import expected
from tests.corpus.xlsx import book
from tests.trust import mutate
from tests.trust.client import reading
from tests.trust.uploading import Watch, alerts, put, read_to_the_end, watched

LINE = (
    "bombs 18 + mutated 60 through the page | alive throughout; another session answers in < 2 s during each; memory "
    "of server + 200 MB at most"
)
SLOWEST, MOST_MB = 2.0, 200.0
FEWEST, FEWEST_MUTATED = 18, 60


def run() -> dict[str, object]:
    """Puts every bomb into the uploader of a running server, while somebody else reads a page."""
    made, mutated = list(bombs.FILES), mutate.names()
    assert len(made) >= FEWEST and len(mutated) >= FEWEST_MUTATED
    with tempfile.TemporaryDirectory() as folder:
        fresh.sample(Path(folder) / "data")
        with serving(Path(folder) / "data") as server:
            quiet = calm(server)
            watch, refused = thrown(server, [*made, *mutated])
    assert watch.grown <= MOST_MB, watch
    assert watch.slowest < SLOWEST, (watch, quiet)
    return {
        "bombs": len(made), "mutated": len(mutated), "alive throughout": "yes", "ended in a sentence": refused,
        "read with what was found": len(made) + len(mutated) - refused, "tracebacks": 0,
        "answers to another session meanwhile": watch.answers, "slowest of them, s": round(watch.slowest, 2),
        "slowest without a bomb, s": round(quiet.slowest, 2), "server grew by at most, MB": round(watch.grown),
    }  # fmt: skip


def calm(server: Server) -> Watch:
    """How another session is answered while somebody puts an ordinary workbook in, which warms the server too."""
    with watched(server) as watch:
        for _ in range(5):
            with reading(server.address) as reader:
                read_to_the_end(reader, put(reader, reader.go("data"), "loans.xlsx", book()))
    return watch


def thrown(server: Server, names: Sequence[str]) -> tuple[Watch, int]:
    """Each of some bombs through the uploader; what was seen, and how many ended in a refusal.

    Raises:
        AssertionError: the server is gone, a page showed a traceback, or a bomb ended in silence.
    """
    refused = 0
    with watched(server) as watch:
        for watch.at in names:
            name, content = bomb(watch.at)
            with reading(server.address) as reader:
                found = read_to_the_end(reader, put(reader, reader.go("data"), name, content))
            assert server.process.poll() is None, f"{watch.at} took the server down"
            assert found.exceptions == [], (watch.at, found.exceptions)
            said = alerts(found)
            assert said or found.holds(md(name)), f"{watch.at}: nothing is said of it"
            assert md(say("en", "errors.unforeseen")) not in said, watch.at
            refused += bool(said)
    assert "Traceback" not in server.said(), server.said()[-3000:]
    assert watch.faults == [], watch.faults
    return watch, refused


def bomb(name: str) -> tuple[str, bytes]:
    """The file of a bomb of the corpus, or of a mutated one: its name and its bytes."""
    if name in bombs.FILES:
        return str(expected()[name]["file"]), bombs.FILES[name]()
    return mutate.mutated(name)
