"""What the product is made of: locked with hashes, installed so, known faults asked for, licences; and secrets."""

import json

from tests import source, supply

LINE = "Locked install, `pip-audit --strict` where reachable, SBOM, secrets scan: clean, or listed with the reason"


def run() -> dict[str, object]:
    """Compares lock, installation and licences, asks for known faults, and reads every file of the project."""
    text = supply.LOCK.read_text(encoding="utf-8")
    packages = supply.locked(text)
    assert supply.unsound(text, supply.WANTED.read_text(encoding="utf-8")) == []
    assert supply.otherwise_installed(packages) == []
    licences = {one.name: supply.licence(one.name) for one in packages if one.here}
    copyleft = supply.copyleft(licences)
    assert copyleft.keys() == supply.COPYLEFT.keys(), copyleft
    supply.main("sbom")
    parts = json.loads(supply.SBOM.read_text(encoding="utf-8"))["components"]
    assert len(parts) == len(packages)
    found, passed = supply.secrets(source.files())
    assert found == []
    known = supply.audit()
    assert not known or known.keys() <= supply.TOLERATED.keys(), known
    return {
        "packages": len(packages), "unhashed": 0, "hashes": sum(one.hashes for one in packages),
        "installed otherwise": 0, "in the SBOM": len(parts),
        "copyleft": "; ".join(f"{name} ({supply.COPYLEFT[name]})" for name in copyleft),
        "known faults": supply.NOT_CHECKED if known is None else len(known), "secrets": len(found),
        "looks like one, with reason": sum(passed.values()), "files read": len(source.files()),
    }  # fmt: skip
