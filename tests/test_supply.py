"""What the product is made of is locked, known and free to be passed on; and no secret lies among its files."""

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests import source, supply

LOCKED = supply.locked(supply.LOCK.read_text(encoding="utf-8"))
BINARY = {".woff2", ".png", ".xlsx", ".xls", ".parquet"}


def test_the_lock_meets_what_is_wanted_and_is_what_is_installed() -> None:
    assert supply.unsound(supply.LOCK.read_text(encoding="utf-8"), supply.WANTED.read_text(encoding="utf-8")) == []
    assert len(LOCKED) > 40
    assert supply.otherwise_installed(LOCKED) == []


@pytest.mark.parametrize(
    ("lock", "wrong"),
    [
        ("duckdb==2.0.1 \\\n    --hash=sha256:0a", []),
        ("duckdb==2.0.1", ["duckdb has no hash"]),
        ("duckdb==1.4.4 \\\n    --hash=sha256:0a", ["duckdb>=2.0.1,<3 is not met"]),
        ("other==2.0.1 \\\n    --hash=sha256:0a", ["duckdb>=2.0.1,<3 is not met"]),
    ],
)
def test_an_unsound_lock_is_told(lock: str, wrong: list[str]) -> None:
    assert supply.unsound(lock, "# why\nduckdb>=2.0.1,<3   # the database\n") == wrong


def test_every_package_that_asks_for_its_source_to_be_passed_on_has_a_reason_to_be_here() -> None:
    licences = {one.name: supply.licence(one.name) for one in LOCKED if one.here}
    assert [name for name, text in licences.items() if not text] == []
    assert supply.copyleft(licences).keys() == supply.COPYLEFT.keys()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("GNU General Public License v3", True), ("LGPL-3.0-only", True), ("AGPL-3.0", True), ("MPL-2.0", True),
     ("MIT", False), ("Apache-2.0 OR BSD-3-Clause", False), ("PSF-2.0", False)],
)  # fmt: skip
def test_licences_that_ask_for_it_are_known(text: str, is_one: bool) -> None:
    assert bool(supply.copyleft({"package": text})) == is_one


def test_the_bill_of_materials_is_sound_and_whole_and_the_same_each_time() -> None:
    made = json.dumps(supply.bill(LOCKED))
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(made) is None
    assert {(one["name"], one["version"]) for one in json.loads(made)["components"]} == {
        (one.name, one.version) for one in LOCKED
    }
    assert made == json.dumps(supply.bill(LOCKED))


def answer(*faults: str, **more: object) -> str:
    """What pip-audit writes about one package."""
    vulns = [{"id": fault, "fix_versions": []} for fault in faults]
    return json.dumps({"dependencies": [{"name": "duckdb", "version": "2.0.1", "vulns": vulns, **more}], "fixes": []})


@pytest.mark.parametrize(
    ("code", "out", "packages", "found"),
    [
        (0, answer(), 1, {}),
        (1, answer("CVE-2026-1"), 1, {"duckdb 2.0.1": ["CVE-2026-1"]}),
        (0, answer(), 2, None),
        (0, answer(skip_reason="not found"), 1, None),
        (0, "", 1, None),
        (1, "", 1, None),
        (1, answer(), 1, None),
        (0, "No known vulnerabilities found", 1, None),
        (0, '{"dependencies": [{"name": "duckdb", "version": "2.0.1"}]}', 1, None),
    ],
)
def test_an_audit_that_could_not_look_is_never_a_clean_one(
    code: int, out: str, packages: int, found: dict[str, list[str]] | None
) -> None:
    assert supply.audited(code, out, packages) == found


def test_no_secret_lies_among_the_files() -> None:
    found, passed = supply.secrets(path for path in source.files() if path.suffix not in BINARY)
    assert found == []
    assert passed.keys() == {why for _, _, why in supply.NO_SECRETS}, "an excuse that nothing needs any more"


SECRETS = {
    "private key": "-----BEGIN RSA PRIVATE KEY-----",
    "cloud key": "aws = AKIAIOSFODNN7EXAMPLE",
    "token": "git clone with ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "web token": "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "secret given": 'client_secret = "Zx8Qq~not-this".replace("~", "")\npassword: "correct-horse-battery-9"',
    "password in an address": "postgres://evenkeel:hunter22@db.example.org/x",
    "drawn by lot": "cookie = 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_would_be_found(kind: str) -> None:
    assert kind in [found for _, found in supply.secrets_in(SECRETS[kind])]


@pytest.mark.parametrize(
    "line", ['cookie_secret = "change-me"', "metrics/indicators/financial/credit/par30.sql",
             "test_a_wrong_setting_is_named", "Demo-MFI-synthetic_Board-pack_2026-09-30",
             "org/officeDocument/2006/relationships/sharedStrings"],
)  # fmt: skip
def test_a_name_is_no_secret(line: str) -> None:
    assert supply.secrets_in(line) == []


def test_the_bill_and_the_audit_can_be_made(tmp_path: Path) -> None:
    text = (source.ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("sbom", "audit"):
        assert f"\n{target}:" in text and f"-m tests.supply {target}" in text
