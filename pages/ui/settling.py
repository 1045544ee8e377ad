"""What an installation is held to before its server answers."""

import os
import sys
from pathlib import Path
from typing import Any

from streamlit import config

from metrics import toml
from metrics.configuration import configuration, refuse
from metrics.errors import EvenkeelError
from pages.ui.guarding import logs

# What Streamlit must not be told otherwise, in its own file, on its command line or in the environment.
CLOSED: dict[str, object] = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.trustedUserHeaders": {},  # would let a header say who somebody is
    "client.showErrorDetails": "none",
    "client.disableDataExport": True,
    "global.developmentMode": False,
}


def settle() -> None:
    """Hold this installation to its settings before it answers anybody; what is missing is one sentence and the end."""
    try:
        found = configuration()
        secrets = Path(found.secrets)
        config.set_option("secrets.files", [str(secrets)])
        config.set_option("server.allowedHosts", list(found.hosts))
        config.set_option("server.maxUploadSize", found.upload_mb)
        refuse(found, config.get_option("server.address") or "", _auth(secrets), secrets if secrets.exists() else None)
        _hold_closed()
    except EvenkeelError as error:
        print(error.text(), file=sys.stderr)
        sys.exit(1)
    if found.server:
        logs.start(Path(os.environ.get("EVENKEEL_DATA") or "data/local"), found.log)


def _auth(secrets: Path) -> dict[str, Any]:
    """The section [auth] of the secrets; empty where there is none."""
    if not secrets.exists():
        return {}
    try:
        return dict(toml.loads(secrets.read_text(encoding="utf-8")).get("auth", {}))
    except (OSError, ValueError, TypeError) as error:  # what is wrong with the file is not shown: it holds secrets
        raise EvenkeelError("configuration.secrets_unreadable", file=str(secrets)) from error


def _hold_closed() -> None:
    """Raises where a setting of Streamlit opens what Evenkeel keeps closed."""
    for name, wanted in CLOSED.items():
        if (config.get_option(name) or type(wanted)()) != wanted:
            raise EvenkeelError("configuration.streamlit_setting", setting=name, wanted=str(wanted).lower())

