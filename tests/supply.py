"""What the product is made of beside itself: the locked packages, their licences, what is known against them; and that
no secret lies among the project's own files.

    python -m tests.supply sbom     write build/sbom.json (CycloneDX)
    python -m tests.supply audit    ask whether a locked version is known to be unsafe
"""

import json
import math
import re
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

from tests import source

LOCK, WANTED = source.ROOT / "requirements.lock", source.ROOT / "requirements.txt"
SBOM = source.ROOT / "build" / "sbom.json"
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+?)(?: ; (?P<marker>.*?))?\s*\\?$")
NOT_CHECKED = "not checked: the list of known faults is unreachable"
# Whoever passes a changed file of such a package on must give its source too. Why it may be part of this product:
COPYLEFT = {
    "certifi": "MPL-2.0, file by file: the list of root certificates, taken as it is, with nothing linked to it",
}
IS_COPYLEFT = re.compile(r"\b[AL]?GPL|\bMPL|Mozilla|\bEUPL|\bCDDL|\bEPL\b|General Public|copyleft", re.IGNORECASE)
# Known faults that may stay, each with the reason why it cannot be reached from the product.
TOLERATED: dict[str, str] = {}


@dataclass(frozen=True)
class Package:
    """One line of the lock: name, version, for which computers (None: all), how many hashes."""

    name: str
    version: str
    marker: str | None
    hashes: int

    @property
    def here(self) -> bool:
        """Whether this computer needs it."""
        return self.marker is None or Marker(self.marker).evaluate()


def locked(text: str) -> list[Package]:
    """The packages of a lock file's text."""
    found = []
    for block in re.split(r"\n(?=[a-z0-9])", text):
        if pin := PIN.match(block.splitlines()[0]):
            found.append(Package(pin["name"], pin["version"], pin["marker"], block.count("--hash=sha256:")))
    return found


def unsound(lock: str, wanted: str) -> list[str]:
    """What is wrong with a lock: a package without hash, or a requirement that it does not meet."""
    packages = locked(lock)
    wrong = [f"{one.name} has no hash" for one in packages if not one.hashes]
    for line in wanted.splitlines():
        if not (line := line.partition("#")[0].strip()):
            continue
        asked = Requirement(line)
        pins = [one for one in packages if one.name == asked.name]
        if not pins or not all(asked.specifier.contains(one.version) for one in pins):
            wrong.append(f"{line} is not met")
    return wrong


def otherwise_installed(packages: Iterable[Package]) -> list[str]:
    """The locked packages that this computer needs and has in another version, or not at all."""
    return [one.name for one in packages if one.here and _installed(one.name) != one.version]


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def licence(name: str) -> str:
    """The licence that a package gives for itself; empty where it is not installed or gives none."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classes = [one.split("::")[-1].strip() for one in told.get_all("Classifier", []) if one.startswith("License")]
    return str(told.get("License-Expression") or "; ".join(classes) or (told.get("License") or "").split("\n")[0])


def copyleft(licences: Mapping[str, str]) -> dict[str, str]:
    """Those of some packages that ask for their source to be passed on."""
    return {name: text for name, text in licences.items() if IS_COPYLEFT.search(text)}


def bill(packages: Iterable[Package]) -> dict[str, object]:
    """The bill of materials as CycloneDX; the same lock gives the same bill."""
    parts = [
        {
            "type": "library", "bom-ref": f"pkg:pypi/{one.name}@{one.version}", "name": one.name,
            "version": one.version, "purl": f"pkg:pypi/{one.name}@{one.version}",
            "licenses": [{"license": {"name": licence(one.name) or "not installed here, not known"}}],
        }
        for one in packages
    ]  # fmt: skip
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts))
    made = {"component": {"type": "application", "bom-ref": "evenkeel", "name": "evenkeel"}}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{number}", "version": 1,
        "metadata": made, "components": parts,
    }  # fmt: skip


def audited(code: int, out: str, packages: int) -> dict[str, list[str]] | None:
    """What an audit said: known faults by package; None where it did not look every package up.

    Only an answer that names every package and left none out counts: silence is not a clean bill.
    """
    try:
        told = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    if len(told) < packages or any("skip_reason" in one or "vulns" not in one for one in told):
        return None
    found = {f"{one['name']} {one['version']}": [v["id"] for v in one["vulns"]] for one in told if one["vulns"]}
    return found if bool(found) == bool(code) else None


def audit() -> dict[str, list[str]] | None:
    """Ask for known faults of the locked versions; as `audited`."""
    command = [sys.executable, "-m", "pip_audit", "--strict", "--requirement", str(LOCK), "--require-hashes",
               "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10"]  # fmt: skip
    here = sum(one.here for one in locked(LOCK.read_text(encoding="utf-8")))
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None
    return audited(ended.returncode, ended.stdout, here)


PATTERNS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{20,})"),
    "web token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    "secret given": re.compile(
        r"(?i)(?:secret|password|passwd|api_?key|token)[\"']?\s*[=:]\s*[\"'](?!change)(?=[^\"']*[0-9])[A-Za-z0-9+/_=!@#$%^&*-]{12,}[\"']"
    ),
    "password in an address": re.compile(r"\b[a-z]+://[^\s/:@]+:[^\s/:@]{6,}@"),
}
WORD = re.compile(r"[A-Za-z0-9+_=-]{28,}")
# What looks like a secret and is none: where (a pattern of the path), what (searched in the line), why.
NO_SECRETS = (
    ("requirements*.lock", r"--hash=sha256:", "the sum of a public package"),
    ("tests/signing.py", r"0123456789abcdef", "of the sign-in service that the tests run on this computer"),
    ("tests/test_configuration.py", r"0123456789", "of an installation that exists in a test only"),
    ("tests/trust/*.py", r"SECRET = .*Zebedayo", "a made-up cell that must not come out anywhere"),
    ("tests/trust/*.py", r"^FORGED = ", "a key that is not the server's, to sign what must be refused"),
    ("tests/test_supply.py", r"", "secrets made up to be found"),
)


def scattered(word: str) -> bool:
    """Whether a word looks drawn by lot: hexadecimal digits, or letters and digits, with no order in them."""
    bits = -sum(n / len(word) * math.log2(n / len(word)) for n in Counter(word).values())
    if re.fullmatch(r"[0-9a-fA-F]+", word):
        return len(word) >= 32 and bits > 3.0
    mixed = all(re.search(kind, word) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    return mixed and bits > 4.3 and len(re.findall(r"[A-Za-z][0-9]|[0-9][A-Za-z]", word)) >= 4


def secrets_in(text: str) -> list[tuple[int, str]]:
    """Line and kind of everything in a text that looks like a secret."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        kinds = [kind for kind, pattern in PATTERNS.items() if pattern.search(line)]
        if not kinds and any(scattered(word) for word in WORD.findall(line)):
            kinds = ["drawn by lot"]
        found += [(number, kind) for kind in kinds]
    return found


def secrets(paths: Iterable[Path]) -> tuple[list[str], Counter[str]]:
    """Secrets among some files as `file:line: kind`, and how often what only looks like one was passed over, by why."""
    found: list[str] = []
    passed: Counter[str] = Counter()
    for path in paths:
        name, text = source.relative(path), path.read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines()
        for number, kind in secrets_in(text):
            line = lines[number - 1]
            why = next((why for where, what, why in NO_SECRETS if name.match(where) and re.search(what, line)), None)
            if why is None:
                found.append(f"{name}:{number}: {kind}")
            else:
                passed[why] += 1
    return found, passed


def main(what: str) -> int:
    """Write the bill, or say what is known against the locked versions; 1 where something is, or nobody could say."""
    if what == "sbom":
        SBOM.parent.mkdir(exist_ok=True)
        made = bill(locked(LOCK.read_text(encoding="utf-8")))
        SBOM.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(SBOM.relative_to(source.ROOT))
        return 0
    found = audit()
    print(NOT_CHECKED if found is None else json.dumps(found, indent=1) if found else "no known faults")
    return int(found is None or bool(found.keys() - TOLERATED.keys()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
