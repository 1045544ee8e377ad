"""What the server answers to those who are not a page of its own."""

import http.client
import json
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pages.ui.security import HEADERS
from tests.browser.window import Server, serving

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on an empty data folder."""
    with serving(tmp_path_factory.mktemp("data") / "local") as running:
        yield running


def ask(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    """The server's answer to a request with some headers."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def shake(server: Server, **headers: str) -> int:
    """The status that an attempt to open the app's web socket gets: 101 is open, 403 is refused."""
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    return ask(server, "/_stcore/stream", **upgrade, Sec_WebSocket_Key="a" * 22 + "==", **headers).status


@pytest.mark.parametrize("path", ["/", "/overview", "/_stcore/health", "/assets/fonts/inter-400.woff2", "/nothing.js"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    answer = ask(server, path)
    assert {name: answer.getheader(name) for name in HEADERS} == HEADERS


def test_scripts_come_from_this_server_and_from_components_only() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["content-security-policy"].split(";"))
    assert policy["script-src"] == "'self' blob:"
    assert policy["default-src"] == policy["connect-src"] == "'self'"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"])
def test_addresses_about_the_server_itself_are_not_there(server: Server, path: str) -> None:
    assert ask(server, path).status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "evil.example@127.0.0.1"])
def test_a_name_that_is_not_this_servers_gets_nothing(server: Server, host: str) -> None:
    paths = ("/", "/overview", "/media/x.bin", "/assets/fonts/inter-400.woff2")
    answers = [ask(server, path, Host=host) for path in paths]
    assert [answer.status for answer in answers] == [403] * 4
    assert "does not answer to that name" in answers[0].read().decode()


@pytest.mark.parametrize(("language", "word"), [("fr-FR,en;q=0.5", "Ce serveur"), ("de, es;q=0.8", "Este servidor")])
def test_a_refusal_is_said_in_the_browsers_language(server: Server, language: str, word: str) -> None:
    assert word in ask(server, "/", Host="evil.example", Accept_Language=language).read().decode()


def test_the_server_tells_that_it_lives_and_when_it_is_ready(server: Server) -> None:
    assert json.loads(ask(server, "/healthz").read()) == {"state": "alive"}
    waiting, tries = threading.Event(), 0
    while (answer := ask(server, "/readyz")).status == 503 and tries < 300:
        assert json.loads(answer.read()) == {"state": "unready", "reason": "opening"}
        tries += waiting.wait(0.1) is False
    assert (answer.status, json.loads(answer.read())) == (200, {"state": "ready"})
    assert answer.getheader("cache-control") == "no-store"
    assert not (server.data / "evenkeel.duckdb").exists()  # asking makes no data of one's own


def test_a_page_of_this_server_may_open_the_web_socket(server: Server) -> None:
    assert shake(server, Origin=server.address) == 101


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://evil.example", "Host": "evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
        {},
    ],
    ids=lambda headers: " ".join(headers.values()) or "no origin",
)
def test_anyone_else_is_refused_the_web_socket(server: Server, headers: dict[str, str]) -> None:
    assert shake(server, **headers) == 403


def test_scripts_are_sent_compressed(server: Server) -> None:
    page = ask(server, "/").read().decode()
    script = page.split('src="./static/js/', 1)[1].split('"', 1)[0]
    answer = ask(server, f"/static/js/{script}", Accept_Encoding="gzip")
    assert answer.getheader("content-encoding") == "gzip"


def test_the_server_is_closed_by_default() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    wanted = {
        "client": {
            "toolbarMode": "viewer",
            "showErrorDetails": "none",
            "showErrorLinks": False,
            "disableDataExport": True,
        },
        "runner": {"magicEnabled": False},
        "browser": {"gatherUsageStats": False},
        "server": {"address": "127.0.0.1", "maxUploadSize": 100, "disconnectedSessionTTL": 600},
    }
    assert {part: {name: settings[part].get(name) for name in names} for part, names in wanted.items()} == wanted
    assert (
        not {"enableStaticServing", "enableAgentApi", "enableXsrfProtection", "enableCORS"} & settings["server"].keys()
    )


def test_every_setting_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    known = {key.split(".", 1)[1] if key.startswith("theme") else key for key in config.get_config_options()}
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme = settings.pop("theme")
    names = {f"{part}.{name}" for part, values in settings.items() for name in values}
    names |= {f"{kind}.{name}" for kind in ("light", "dark") for name in theme.pop(kind)} | set(theme)
    assert names <= known | {"fontFaces"}


def test_the_first_pages_own_name_leads_to_it_with_the_choices(server: Server) -> None:
    answer = ask(server, "/overview?lang=fr")
    assert (answer.status, answer.getheader("location")) == (307, "/?lang=fr")


def test_the_sample_is_built_before_anyone_asks_for_a_page(server: Server) -> None:
    waiting, tries = threading.Event(), 0
    while not (server.data / "sample.duckdb").exists() and tries < 200:
        tries += waiting.wait(0.1) is False
    assert (server.data / "sample.duckdb").exists()
