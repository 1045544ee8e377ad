"""The log of a server for many: a line for what happened, as JSON unless told otherwise; never what stands in a file.

A message of a library may carry a cell of somebody's sheet, and the text of an error does so often. So texts that are
put into another's message are left out, and of an error only its kind and place are written. A person is a keyed hash.
"""

import datetime
import hashlib
import hmac
import json
import logging
import re
import sys
import threading
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from streamlit import config
from streamlit import logger as streamlit_logger

from metrics import pseudonyms
from metrics.errors import EvenkeelError

OURS, LEFT_OUT = "evenkeel", "…"
ROOT = Path(__file__).parents[3]
WARNINGS, WARNED = "py.warnings", re.compile(r"(?<=Warning: ).*", re.DOTALL)
FRAMES = 6
SERVERS = ("uvicorn", "uvicorn.asgi", "uvicorn.error", "websockets")
ACCESS = "uvicorn.access"  # every address asked for, with what stands in it: not written


class Lines(logging.Formatter):
    """One record as one line: time (UTC), level, logger, message; why, person, error and place where known."""

    def __init__(self, data: Path, form: str) -> None:
        super().__init__()
        self.data, self.form = data, form

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        told: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"), "level": record.levelname.lower(),
            "logger": record.name, "message": _message(record),
        }  # fmt: skip
        if why := getattr(record, "why", ""):
            told["why"] = why
        if who := getattr(record, "who", ""):
            told["person"] = person(self.data, who)
        if record.exc_info and record.exc_info[1] is not None:
            told |= _error(record.exc_info[1])
        if self.form == "json":
            return json.dumps(told, ensure_ascii=False)
        return " ".join(" ".join(one) if isinstance(one, list) else str(one) for one in told.values())


@cache
def person(data: Path, name: str) -> str:
    """A person in the log: 16 hexadecimal digits, the same for the same person in one data folder."""
    return hmac.new(pseudonyms.key(data).encode(), f"log {name}".encode(), hashlib.sha256).hexdigest()[:16]


def _message(record: logging.LogRecord) -> str:
    """The message; texts that were put into another's are left out."""
    if record.name.partition(".")[0] != OURS and record.args:
        given = record.args.values() if isinstance(record.args, dict) else record.args
        kept = tuple(one if isinstance(one, (int, float)) else LEFT_OUT for one in given)
        try:
            return str(record.msg) % kept
        except (TypeError, ValueError):
            return str(record.msg)
    said = record.getMessage()
    return WARNED.sub(LEFT_OUT, said) if record.name == WARNINGS else said


def _error(error: BaseException) -> dict[str, Any]:
    """The kind of an error, the key of its sentence where it has one, and the last places that it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    told: dict[str, Any] = {"error": type(error).__name__, "at": [f"{_short(f.filename)}:{f.lineno}" for f in frames]}
    return told | ({"key": error.key} if isinstance(error, EvenkeelError) else {})


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def start(data: Path, form: str) -> None:
    """Write the log of this process on standard error from here on, whoever writes it.

    Args:
        data: the folder whose key makes people's names into hashes.
        form: of a line: `json` or `text`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(data, form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger(OURS).setLevel(logging.INFO)

    def alone(logger: logging.Logger) -> None:
        logger.handlers[:], logger.propagate = [] if logger.name == ACCESS else [handler], False

    streamlit_logger.setup_formatter = alone  # also for loggers that Streamlit makes later
    streamlit_logger.update_formatter()
    for name in (*SERVERS, ACCESS):
        alone(logging.getLogger(name))
    config.set_option("logger.enableRich", False)  # it would print the error's text, and the code around it
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not isinstance(error, (SystemExit, KeyboardInterrupt)):
        logging.getLogger(OURS).critical("uncaught", exc_info=(kind, error, trace))
