"""What an installation is held to before its server listens."""

import sys
from pathlib import Path

from streamlit import config
from streamlit.auth_util import get_secrets_auth_section

from metrics.configuration import configuration, refuse
from metrics.errors import EvenkeelError


def settle() -> None:
    """Hold this installation to its settings before anything listens; what is missing is one sentence and the end."""
    try:
        found = configuration()
        secrets = Path(found.secrets)
        config.set_option("secrets.files", [str(secrets)])
        config.set_option("server.allowedHosts", list(found.hosts))
        auth = get_secrets_auth_section().to_dict() if secrets.exists() else {}
        refuse(found, config.get_option("server.address") or "", auth, secrets if secrets.exists() else None)
    except EvenkeelError as error:
        print(error.text(), file=sys.stderr)
        sys.exit(1)
