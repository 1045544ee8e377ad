"""The outer wall of a server that many sign in to: what lies beside the pages stands behind the same door."""

import http.client
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from itsdangerous import URLSafeTimedSerializer
from streamlit.auth_util import set_cookie_with_chunks

from metrics import access, people
from metrics.store import Store
from pages.ui.security import HEADERS
from tests import signing
from tests.browser.window import Server, browsing, window
from tests.signing import COOKIE, Signing
from tests.trust.client import XSRF, Reader, reading

STEWARD, ANALYST, OTHER, GONE = (f"{name}@example.org" for name in ("steward", "analyst", "other", "gone"))
GREEDY, NOBODY = "greedy@example.org", "nobody@example.org"
CAPS = {"upload_mb": 4, "uploads_an_hour": 3, "upload_mb_an_hour": 6, "connections_a_minute": 20}
MB = 1 << 20


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Signing]]:
    """A server behind https with low caps, people with roles, and one whose sessions were ended."""
    folder = tmp_path_factory.mktemp("many")
    made = signing.write(folder / "settings", **CAPS)
    made.secrets.write_text(made.secrets.read_text().replace("http://127.0.0.1:", "https://127.0.0.1:", 1))
    roles = dict.fromkeys((STEWARD, OTHER, GONE, GREEDY), ("steward", ())) | {ANALYST: ("analyst", ())}
    signing.let_in(folder / "data", roles)
    store = Store.open(folder / "data")
    with access.acting(access.Actor(signing.ADMIN, "admin")):
        people.give(store, GONE, "steward", signed_out=True)
    store.close()
    with signing.serving_many(folder / "data", made, 180) as server:
        ready(server)
        yield server, made


def ready(server: Server) -> None:
    """Return when the server says that its data are open."""
    until = time.monotonic() + 240
    while ask(server, "/readyz").status != 200:
        assert time.monotonic() < until, server.said()
        time.sleep(0.1)


def ask(server: Server, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
    """The server's answer to a request with some headers."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    return connection.getresponse()


def of(made: Signing, name: str, **changed: object) -> str:
    """The cookie of a person who came by https; `changed` is what the sign-in says otherwise."""
    told = {**json.loads(plain(signing.cookie(made, name))), "origin": made.address.replace("http", "https", 1)}
    return str(URLSafeTimedSerializer(signing.SECRET, salt=COOKIE).dumps(json.dumps({**told, **changed})))


def plain(cookie: str) -> str:
    return str(URLSafeTimedSerializer(signing.SECRET, salt=COOKIE).loads(cookie))


def chunked(made: Signing, name: str) -> str:
    """The cookies of a person of whom the sign-in service says so much that they are cut in pieces."""
    told, found = {**json.loads(plain(of(made, name))), "groups": random.Random(1).randbytes(3000).hex()}, {}

    def signed(cookie: str, value: str) -> bytes:
        return URLSafeTimedSerializer(signing.SECRET, salt=cookie).dumps(value).encode()

    set_cookie_with_chunks(lambda at, value: found.update({at: signed(at, value).decode()}), signed, COOKIE, told,
                           cookie_attr_size=100)  # fmt: skip
    assert len(found) > 2
    return "; ".join(f"{at}={value}" for at, value in found.items())


UPLOAD, MEDIA = "/_stcore/upload_file/session/file", "/media/" + "0" * 32 + "/file.xlsx"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/data", 200), ("/_stcore/health", 200), ("/_stcore/host-config", 200), ("/healthz", 200),
        ("/readyz", 200), ("/assets/fonts/inter-400.woff2", 200), (UPLOAD, 401), (MEDIA, 401), ("/media/x.pdf", 401),
        ("/media", 200), ("/_stcore/upload_file", 401), ("/_stcore/anything-new", 401), ("/_stcore/metrics", 404),
        ("/_stcore/agent/openapi.json", 404), ("/_stcore/agent", 404), ("/_stcore/script-health-check", 401),
    ],
)  # fmt: skip
def test_a_stranger_gets_the_door_and_nothing_beside_it(signed: tuple[Server, Signing], path: str, status: int) -> None:
    answer = ask(signed[0], path)
    body = answer.read()
    assert answer.status == status
    assert {name: answer.getheader(name) for name in HEADERS} == HEADERS
    if path == "/media":  # no file: the page, as for any address
        assert b"<!" in body[:10]


def test_who_may_send_a_file_is_looked_up_each_time(signed: tuple[Server, Signing]) -> None:
    server, made = signed
    old, before = time.time() - 13 * 3600, time.time() - 1800
    cookies = {
        "signed in": of(made, STEWARD), "too old": of(made, STEWARD, iat=old), "expired": of(made, STEWARD, exp=old),
        "unverified": of(made, STEWARD, email_verified=False), "unknown": of(made, NOBODY),
        "ended": of(made, GONE, iat=before), "another site's": of(made, STEWARD, origin="https://evil.example"),
        "out": of(made, STEWARD, is_logged_in=False),
        "forged": signing.cookie(made, STEWARD, secret="x" * 40), "rubbish": "e30.rubbish", "no object": "W10",
    }  # fmt: skip
    found = {name: ask(server, UPLOAD, "DELETE", Cookie=f"{COOKIE}={value}").status for name, value in cookies.items()}
    assert found == {name: 403 if name == "signed in" else 401 for name in cookies}  # 403: no token against forging
    assert ask(server, UPLOAD, "DELETE", Cookie=chunked(made, STEWARD)).status == 403
    assert ask(server, UPLOAD, "DELETE", Cookie=chunked(made, NOBODY)).status == 401


def session(reader: Reader) -> str:
    """The name of an open session, which files are sent into."""
    return next(m.new_session.initialize.session_id for m in reader.go().messages if m.HasField("new_session"))


def send(
    server: Server, reader: Reader, into: str, cookie: str, size: int, **headers: str
) -> http.client.HTTPResponse:
    """Send a file of some bytes into an open session, as the page does."""
    edge = "edge"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\nContent-Type: text/csv\r\n\r\n'
    tail = f"\r\n--{edge}--\r\n"
    body = head.encode() + b"x" * (size - len(head) - len(tail)) + tail.encode()
    token = reader.line.request.headers["Cookie"].split(f"{XSRF}=", 1)[1].split(";")[0]
    return ask(server, f"/_stcore/upload_file/{into}/{size}", "PUT", body, **headers, X_Xsrftoken=token,
               Content_Type=f"multipart/form-data; boundary={edge}",
               Cookie=f"{XSRF}={token}; {COOKIE}={cookie}")  # fmt: skip


def test_files_have_a_largest_size_and_a_number_an_hour(signed: tuple[Server, Signing]) -> None:
    server, made = signed
    cookie = of(made, GREEDY)
    with reading(server.address, cookie) as reader:
        into = session(reader)
        found = [send(server, reader, into, cookie, size) for size in (5 * MB, 4 * MB, 3 * MB, MB, MB, MB)]
    assert [one.status for one in found] == [413, 204, 429, 204, 429, 429]
    assert "4 MB" in found[0].read().decode()
    assert "6 MB" in found[2].read().decode() and found[2].getheader("retry-after") == "60"
    assert "3 files" in found[5].read().decode()
    other = of(made, OTHER)
    with reading(server.address, other) as reader:
        assert send(server, reader, session(reader), other, MB).status == 204


def test_a_role_that_brings_no_data_sends_small_files_only(signed: tuple[Server, Signing]) -> None:
    server, made = signed
    cookie = of(made, ANALYST)
    with reading(server.address, cookie) as reader:
        into = session(reader)
        large = send(server, reader, into, cookie, 3 * MB, Accept_Language="fr-FR,fr;q=0.9")
        small = send(server, reader, into, cookie, MB // 2)
    assert (large.status, small.status) == (403, 204)
    assert "gestionnaire des données" in large.read().decode()
    length = ask(server, UPLOAD, "PUT", Transfer_Encoding="chunked", Cookie=f"{COOKIE}={cookie}")
    assert length.status == 411


def test_an_address_opens_so_many_connections_a_minute(signed: tuple[Server, Signing]) -> None:
    server, _ = signed
    shake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Origin": server.address,
             "Sec_WebSocket_Key": "a" * 22 + "=="}  # fmt: skip

    def status(client: str) -> int:
        return ask(server, "/_stcore/stream", **shake, X_Forwarded_For=client).status

    assert [status("203.0.113.9") for _ in range(22)] == [101] * 20 + [429] * 2
    assert status("203.0.113.10") == 101
    assert [status(f"2001:db8::{n:x}") for n in range(1, 22)][-2:] == [101, 429]
    assert ask(server, "/auth/login", X_Forwarded_For="203.0.113.9").status == 429


def test_another_name_than_the_servers_own_is_refused(signed: tuple[Server, Signing]) -> None:
    server, _ = signed
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "127.0.0.1@evil.example", ""):
        assert ask(server, "/", Host=host).status in (400, 403), host
    assert [ask(server, path, Host="10.0.0.7:8501").status for path in ("/healthz", "/readyz")] == [200, 200]


def test_who_comes_by_https_stays_there(signed: tuple[Server, Signing]) -> None:
    answer = ask(signed[0], "/_stcore/health")
    assert answer.getheader("strict-transport-security") == "max-age=31536000"
    cookies = [value for name, value in answer.getheaders() if name == "set-cookie"]
    assert cookies and all("; Secure" in one for one in cookies)


def test_the_log_is_lines_of_json_without_names_and_addresses(signed: tuple[Server, Signing]) -> None:
    server, made = signed
    ask(server, "/media/canary-file.pdf?canary=query", Cookie=f"{COOKIE}={of(made, STEWARD)}").read()
    text = server.said()
    said = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"time", "level", "logger", "message"} <= set.intersection(*(set(one) for one in said))
    assert [one for one in said if one.get("why") == "not_yours" and len(one["person"]) == 16]
    assert not [word for word in ("canary", STEWARD, "@example.org", signing.SECRET) if word in text]
    assert all(line.startswith("{") for line in text.splitlines() if line.strip() and "app in your browser" not in line
               and "URL:" not in line)  # fmt: skip


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Signing]]:
    """The same for a browser on this computer, without https."""
    folder = tmp_path_factory.mktemp("taken")
    made = signing.write(folder / "settings")
    signing.let_in(folder / "data", {STEWARD: ("steward", ()), OTHER: ("steward", ())})
    with signing.serving_many(folder / "data", made, 180) as server:
        yield server, made


@pytest.mark.full
@pytest.mark.browser
def test_a_file_is_its_readers_alone(taken: tuple[Server, Signing]) -> None:
    server, made = taken
    cookie = signing.cookie(made, STEWARD)
    with browsing() as browser, window(browser, server) as opened:
        given = {"name": COOKIE, "value": cookie, "url": server.address, "httpOnly": True}
        opened.page.context.add_cookies([given])
        addresses = []
        for page in ("/board", "/indicators"):
            opened.go(page)
            button = opened.page.locator("[data-testid=stDownloadButton] button:visible").first
            with opened.page.expect_download(timeout=30_000) as told:
                button.click()
            assert Path(told.value.path()).stat().st_size > 1000
            addresses.append(urlsplit(told.value.url).path)
        assert not opened.faults and not opened.external
    for address in addresses:
        mine = ask(server, address, Cookie=f"{COOKIE}={cookie}")
        assert (mine.status, mine.getheader("cache-control")) == (200, "no-store")
        assert ask(server, address, Cookie=f"{COOKIE}={signing.cookie(made, OTHER)}").status == 403
        assert ask(server, address, Cookie=f"{COOKIE}={signing.cookie(made, STEWARD, lasts=-1)}").status == 401
        assert ask(server, address).status == 401
        assert ask(server, "/media/" + address.rsplit("/", 1)[1], Cookie=f"{COOKIE}={cookie}").status == 403
