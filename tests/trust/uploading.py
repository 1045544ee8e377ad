"""Files put through the page's own uploader, by the messages that the browser would send; and what the server makes."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.browser.window import Server
from tests.trust.client import XSRF, Reader, Run, reading

BOUNDARY, TOKEN = "evenkeel-boundary", "2|00000000|0|0"
SECONDS, EVERY = 120.0, 0.3
ALERTS = ("alert", "markdown")


def session(run: Run) -> str:
    """The id of the session that a run belongs to."""
    return next(
        one.new_session.initialize.session_id for one in run.messages if one.WhichOneof("type") == "new_session"
    )


def put(reader: Reader, run: Run, name: str, content: bytes, widget: str = "uploader_0") -> Run:
    """Give a file to the uploader of the page that `run` drew; the run that follows."""
    place = _place(reader, session(run), name)
    connection = http.client.HTTPConnection(urlsplit(reader.address).netloc, timeout=SECONDS)
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    cookie, token = _xsrf(reader.address)
    connection.request("PUT", place.upload_url, head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(), {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Origin": reader.address,
        "Cookie": cookie, "X-Xsrftoken": token,
    })  # fmt: skip
    assert connection.getresponse().status == 204, name
    connection.close()
    state = WidgetState(id=run.widget(widget))
    told = state.file_uploader_state_value.uploaded_file_info.add()
    told.file_id, told.name, told.size = place.file_id, name, len(content)
    told.file_urls.CopyFrom(place)
    reader.widgets[state.id] = state
    try:
        return reader.again(SECONDS)
    finally:
        del reader.widgets[state.id]


def _place(reader: Reader, session_id: str, name: str):
    """Where the server takes a file."""
    message = BackMsg()
    asked = message.file_urls_request
    asked.request_id, asked.session_id = name, session_id
    asked.file_names.append(name)
    reader.line.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(reader.line.recv(timeout=SECONDS, decode=False))
        if answer.WhichOneof("type") == "file_urls_response":
            assert not answer.file_urls_response.error_msg, answer.file_urls_response.error_msg
            return answer.file_urls_response.file_urls[0]


def _xsrf(address: str) -> tuple[str, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=SECONDS)
    connection.request("GET", "/_stcore/health")
    given = connection.getresponse().headers.get_all("set-cookie") or []
    connection.close()
    token = next((one.partition(";")[0].partition("=")[2] for one in given if one.startswith(XSRF)), "")
    return f"{XSRF}={token}", token.strip('"')


def read_to_the_end(reader: Reader, run: Run) -> Run:
    """The page once the work beside it is done, whatever came of it."""
    until = time.monotonic() + SECONDS
    while run.holds("stop_read-"):
        assert time.monotonic() < until, "still reading"
        time.sleep(EVERY)
        run = reader.again(SECONDS)
    return run


def alerts(run: Run) -> list[str]:
    """What a page says in its coloured boxes."""
    elements = [one.delta.new_element for one in run.messages if one.WhichOneof("type") == "delta"]
    return [element.alert.body for element in elements if element.WhichOneof("type") == "alert"]


@dataclass
class Watch:
    """What was seen of a server while others tried to harm it: its memory in MB, another reader's answers in s."""

    before: float = 0.0
    most: float = 0.0
    slowest: float = 0.0
    slow: str = ""
    answers: int = 0
    at: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def grown(self) -> float:
        """By how much memory had grown at most, in MB."""
        return self.most - self.before


def memory(pid: int) -> float:
    """What a process holds in memory, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def watched(server: Server, page: str = "overview") -> Iterator[Watch]:
    """Look at the server's memory, and open a page again and again as another reader, until the block ends."""
    watch, done = Watch(), threading.Event()
    with reading(server.address) as other:
        for _ in range(3):
            other.go(page)
        watch.before = watch.most = memory(server.process.pid)
        threads = [threading.Thread(target=look) for look in (
            lambda: _weigh(server, watch, done), lambda: _ask(other, page, watch, done))]  # fmt: skip
        for thread in threads:
            thread.start()
        try:
            yield watch
        finally:
            done.set()
            for thread in threads:
                thread.join()


def _weigh(server: Server, watch: Watch, done: threading.Event) -> None:
    while not done.wait(0.05) and server.process.poll() is None:
        watch.most = max(watch.most, memory(server.process.pid))


def _ask(other: Reader, page: str, watch: Watch, done: threading.Event) -> None:
    while not done.wait(0.2):
        begun = time.monotonic()
        try:
            run = other.go(page)
        except Exception as error:
            watch.faults.append(f"{watch.at}: {error!r}")
            return
        watch.answers += 1
        watch.faults += [f"{watch.at}: {one}" for one in run.exceptions]
        if (took := time.monotonic() - begun) > watch.slowest:
            watch.slowest, watch.slow = took, watch.at
