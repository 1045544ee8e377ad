"""LibreOffice without a window: opens a workbook, computes it again, and gives it back."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def program() -> str:
    """The program's path; a test that needs it fails with a sentence where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    assert found, "LibreOffice is missing: sudo apt-get install libreoffice-calc-nogui libreoffice-impress-nogui"
    return found


def converted(files: list[Path], form: str, folder: Path, seconds: float = 180.0) -> list[Path]:
    """Files in another form (pdf, xlsx, csv ...), computed again on the way; a fresh profile each time.

    Raises:
        AssertionError: a file did not come out.
    """
    with tempfile.TemporaryDirectory(prefix="evenkeel-office-") as home:
        command = [program(), f"-env:UserInstallation=file://{home}/profile", "--headless", "--norestore"]
        done = subprocess.run(
            [*command, "--convert-to", form, "--outdir", str(folder), *map(str, files)],
            capture_output=True, text=True, timeout=seconds, check=False, env={**os.environ, "HOME": home},
        )  # fmt: skip
    made = [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]
    missing = [file.name for file in made if not file.is_file()]
    assert not missing, f"LibreOffice did not write {missing}: {done.stdout} {done.stderr}"
    return made
