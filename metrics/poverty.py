"""The commands `ppi` and `ppi-sample`: land a scorecard workbook; plan a poverty survey."""

import argparse
from collections.abc import Callable
from pathlib import Path

from metrics import opening, ppi, speaking
from metrics.intervals import Z
from metrics.ppi.landing import rows
from metrics.ppi.sampling import DESIGNS, half_width, sample_size
from metrics.speaking import LANGUAGE, tell
from metrics.words import say

Command = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Put both commands on the command line."""
    landing = command("ppi", land_workbook)
    landing.add_argument("file", type=Path, metavar="WORKBOOK", help=_word("ppi_file"))
    landing.add_argument("--institution", help=_word("import_institution"))
    landing.add_argument("--dry-run", action="store_true", help=_word("dry_run"))
    plan = command("ppi_sample".replace("_", "-"), plan_sample)  # its word keeps the underscore
    plan.add_argument("--interval", type=float, required=True, metavar="POINTS", help=_word("ppi_interval"))
    plan.add_argument("--rate", type=float, default=50.0, metavar="PERCENT", help=_word("ppi_rate"))
    plan.add_argument("--households", type=float, help=_word("ppi_households"))
    plan.add_argument("--design", choices=DESIGNS, default="rate", help=_word("ppi_design"))
    plan.add_argument("--z", type=float, default=Z, help=_word("ppi_z"))
    plan.add_argument("--alpha", type=float, default=1.0, help=_word("ppi_alpha"))
    plan.add_argument("--years", type=float, default=3.0, help=_word("ppi_years"))


def _word(name: str) -> str:
    return say(LANGUAGE, "cli." + name)


def land_workbook(chosen: argparse.Namespace) -> int:
    """Land a scorecard workbook as one batch; a refused one leaves everything as it was (exit code 1)."""
    workbook = ppi.read(chosen.file)
    for variant in workbook.variants:
        tell("ppi_found", scorecard=workbook.scorecard, variant=variant.name, lines=len(variant.lines),
             questions=variant.questions)  # fmt: skip
    for note in workbook.notes:
        speaking.err(note.text(LANGUAGE))
    n = sum(len(filled) for filled in rows(workbook).values())
    if chosen.dry_run:
        tell("would_land", n=n, set_aside=0, ignored=0)
        return 0
    with opening.landing(chosen) as place:
        place.settle()
        batch, repeated = ppi.land(place.store, workbook, speaking.who(), chosen.institution)
        place.kept = True
    if repeated:
        tell("already_landed", batch=str(batch))
    else:
        tell("landed", batch=str(batch), n=n, set_aside=0, ignored=0)
    return 0


def plan_sample(chosen: argparse.Namespace) -> int:
    """Print how many households a survey needs; the sentence that explains it goes beside."""
    c, p = chosen.interval / 100, chosen.rate / 100
    n = sample_size(c, p, chosen.design, chosen.households, chosen.z, chosen.alpha, chosen.years)
    speaking.out(str(n))
    if chosen.design == "rate":
        width = half_width(p, n, chosen.z, chosen.alpha, chosen.households)
        tell("ppi_reached", n=n, points=100 * width)
    return 0
