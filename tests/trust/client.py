"""A reader without a browser: Streamlit's own messages over its web socket, for tests of many readers at once."""

import re
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.signing import COOKIE

XSRF = "_streamlit_xsrf"
STOPPED_FOR_ANOTHER = ForwardMsg.FINISHED_EARLY_FOR_RERUN
NAMED = re.compile(rb"\$\$ID-[0-9a-f]+-([A-Za-z0-9_.@-]+)")


@dataclass
class Run:
    """What one run of the script sent: the messages as they came over the line, and how long it took in seconds."""

    raw: list[bytes] = field(default_factory=list)
    seconds: float = 0.0
    messages: list[ForwardMsg] = field(default_factory=list)
    begun: int = 0

    @property
    def last(self) -> list[bytes]:
        """The messages of the last drawing, where the page was drawn again: what a reader is left with."""
        return self.raw[self.begun :]

    def holds(self, text: str) -> bool:
        """Whether a text stands anywhere in what was sent; Streamlit's messages and its tables leave text plain."""
        return any(text.encode() in one for one in self.raw)

    @property
    def exceptions(self) -> list[str]:
        """The tracebacks that a page would show."""
        elements = [one.delta.new_element for one in self.messages if one.WhichOneof("type") == "delta"]
        return [f"{e.exception.type}: {e.exception.message}" for e in elements if e.WhichOneof("type") == "exception"]

    @property
    def texts(self) -> list[str]:
        """Every text of markdown, in the order in which it was sent."""
        elements = [one.delta.new_element for one in self.messages if one.WhichOneof("type") == "delta"]
        return [e.markdown.body for e in elements if e.WhichOneof("type") == "markdown"]

    def widget(self, key: str) -> str:
        """The id of the widget that the pages call `key`."""
        found = [m[0].decode() for raw in self.raw for m in NAMED.finditer(raw) if m[1].decode() == key]
        assert found, f"no widget {key}"
        return found[-1]


@dataclass
class Reader:
    """One session: it asks for pages and reads all that the server sends."""

    line: ClientConnection
    address: str
    query: str = ""
    page_hash: str = ""
    widgets: dict[str, WidgetState] = field(default_factory=dict)

    def go(self, page: str = "", query: str = "", seconds: float = 60.0) -> Run:
        """Open a page by its address (`""` is the first one) as the menu or a deep link does."""
        self.query, self.widgets = query, {}
        return self._run(page, "", seconds)

    def again(self, seconds: float = 60.0, **states: object) -> Run:
        """Run the page again; each of `states` is a widget's id (or `Run.widget`) with True for a button's press."""
        return self._run("", self.page_hash, seconds, states)

    def ask(self, page: str = "", page_hash: str = "", states: Mapping[str, object] | None = None) -> None:
        """Ask for a run, and do not wait for it."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name, asked.page_script_hash = self.query, page, page_hash
        asked.context_info.timezone, asked.context_info.locale = "UTC", "en-GB"
        asked.context_info.url = f"{self.address}/{page}"
        asked.widget_states.widgets.extend(self.widgets.values())
        asked.widget_states.widgets.extend(_state(name, value) for name, value in (states or {}).items())
        self.line.send(message.SerializeToString())

    def _run(self, page: str, page_hash: str, seconds: float, states: Mapping[str, object] | None = None) -> Run:
        self.ask(page, page_hash, states)
        return self.read(seconds)

    def read(self, seconds: float = 60.0) -> Run:
        """All that is sent until a run ends that no other one takes the place of.

        Raises:
            TimeoutError: it did not end in time.
        """
        begun, run = time.monotonic(), Run()
        while True:
            raw = self.line.recv(timeout=max(0.01, begun + seconds - time.monotonic()), decode=False)
            message = ForwardMsg.FromString(raw)
            run.raw.append(raw)
            run.messages.append(message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                run.begun = len(run.raw) - 1
            elif kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "script_finished" and message.script_finished != STOPPED_FOR_ANOTHER:
                run.seconds = time.monotonic() - begun
                return run


def _state(name: str, value: object) -> WidgetState:
    state = WidgetState(id=name)
    kinds = {bool: "trigger_value", str: "string_value", float: "double_value"}
    setattr(state, kinds[type(value)], value)
    return state


@contextmanager
def reading(address: str, cookie: str | None = None) -> Iterator[Reader]:
    """Open a session, signed in by a cookie or a stranger's; `address` is http://127.0.0.1:PORT."""
    with urllib.request.urlopen(address + "/_stcore/health", timeout=20) as answer:
        given = dict(one.partition(";")[0].split("=", 1) for one in answer.headers.get_all("set-cookie") or ())
    token = given.get(XSRF, "").strip('"')
    cookies = {XSRF: token} | ({COOKIE: cookie} if cookie else {})
    with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol(name) for name in ("streamlit", token) if name],
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        max_size=None,
        open_timeout=30,
    ) as line:
        yield Reader(line, address)
