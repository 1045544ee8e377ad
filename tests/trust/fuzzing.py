"""Seeded mutations of what users may write, and where each must end: in a result, or in a sentence of three languages.

Everything is drawn from one `random.Random`, so that a case that fails comes again.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from metrics import catalogue, configuration, own, policy, regulator, versions
from metrics.disclosures import template
from metrics.errors import EvenkeelError
from metrics.ingest import mappings
from metrics.packs import description
from metrics.policy import Policy
from metrics.words import LANGUAGES

SEED = 20261130
TOKENS = (
    "nan", "-inf", "inf", "1e400", "-0", "0", "-1", "true", "false", '""', '" "', '"x"', '"\\u0000"', "[]", "{}",
    "[[[]]]",
    "9" * 400, "9" * 5000, "0x7fffffffffffffff", "9223372036854775808", "1979-05-27", "12:00:00",
    "1979-05-27T07:32:00Z",
    '"' + "a" * 5000 + '"', '"{0}"', '"{value.__class__}"', '"{value:>9999}"', '"%s%n"', '"<script>"', '"\\U0001F600"',
    '"\\u202e"', "{a = 1}", '["a", 1, []]', "[" * 2000, "[1, 2]", "[2, 1]", "[1, 2, 3, 4]", "[nan, 1]", '"min"',
    "[true]",
    '"../../etc/passwd"', "'; DROP TABLE x; --", '"""', "1_0", "+99", '["a", "a"]', "[[1], [2]]",
    '{"a" = {"b" = [{}]}}',
)  # fmt: skip
WORDS = (
    "name",
    "title",
    "node",
    "settings",
    "weight",
    "goalposts",
    "columns",
    "table",
    "item",
    "section",
    "x",
    "é",
    "",
)


class Broken(AssertionError):
    """A case that ended in neither a result nor a sentence, or in another meaning than the file's."""


def ended(name: str, case: object, work: Callable[[], object]) -> str:
    """Do it; `result`, or `sentence` where it was refused in words.

    Raises:
        Broken: anything else came of it; shows the case.
    """
    try:
        work()
    except EvenkeelError as error:
        for language in LANGUAGES:
            if not error.text(language).strip():
                raise Broken(f"{name}: no words in {language} for {error.key}") from error
        return "sentence"
    except Exception as error:
        raise Broken(f"{name}: {type(error).__name__}: {str(error)[:300]}\n{str(case)[:3000]}") from error
    return "result"


def changed(dice: random.Random, text: str) -> str:
    """A text of TOML with one to three things changed, mostly one."""
    lines = text.split("\n")
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at = dice.randrange(len(lines))
        key, equals, _ = lines[at].partition("=")
        kind = dice.randrange(9)
        if kind < 4 and equals:
            lines[at] = f"{key}= {dice.choice(TOKENS)}"
        elif kind == 4:
            lines[at] = dice.choice(("", lines[dice.randrange(len(lines))], lines[at] + "\n" + lines[at]))
        elif kind == 5:
            lines.insert(at, f"{dice.choice(WORDS)} = {dice.choice(TOKENS)}")
        elif kind == 6 and equals:
            lines[at] = f"{dice.choice(WORDS)} ={lines[at].partition('=')[2]}"
        elif kind == 7 and lines[at]:
            place = dice.randrange(len(lines[at]))
            lines[at] = (
                lines[at][:place] + chr(dice.choice((0, 34, 91, 93, 0x7F, 0x2028, 0xE9))) + lines[at][place + 1 :]
            )
        else:
            lines[at] = dice.choice(
                (f"[{dice.choice(WORDS)}]", f"[[{dice.choice(WORDS)}]]", "a." * 900 + "b = 1", lines[at][:3])
            )
    return "\n".join(lines)


@cache
def toml_seeds() -> dict[str, tuple[str, ...]]:
    """Target -> sound files to begin from."""
    policies = tuple(path.read_text(encoding="utf-8") for path in sorted(policy.FOLDER.glob("*.toml")))
    every = 'title = "t"\nhealth_limit = 50\nwatch = 3\n[settings]\npar_from_30 = true\nretention = "mix"\n'
    every += '[limits]\npar30 = { amber = 0.05, red = 0.1 }\n[node.""]\nexponent = 0.5\ndecimals = 1\n'
    every += '[node."financial/a/par30"]\nweight = 1\ngoalposts = [0.15, 0]\ntransform = "linear"\n'
    plan = description.as_toml(description.load(description.names()[0]))
    mapped = 'table = "loans"\nheader_row = 1\ndate_order = "dmy"\n[columns]\nloan_id = "loan_id"\n'
    mapped += 'principal_outstanding = "outstanding"\n[constants]\ncurrency = "KES"\n'
    mapped += '[codes.gender]\nW = "F"\n[branches]\na = "b"\n'
    summed = 'table = "institution_months"\n'
    summed += '[columns]\nperiod = "disbursed_on"\n[measures]\nglp = "outstanding + days_late"\n'
    summed += '[institution]\ninstitution_name = "branch"\n'
    indicators = (
        'indicators = { outstanding = { title = "t", unit = "money", better = "higher", pillar = "social" } }\n'
    )
    settings = 'mode = "local"\nhosts = ["a"]\nsession_hours = 12\nupload_mb = 100\nkeep_files = "never"\nreads = ""\n'
    defined = 'title = "t"\nunit = "%"\nbetter = "higher"\ngoalposts = [0, 1]\nunits = ["branch"]\nheadings = ["h"]\n'
    return {
        "policy": (*policies, every), "regulator": (regulator.template(),), "pack": (plan,), "settings": (settings,),
        "disclosure": tuple((template.FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name
        in template.names()),
        "mapping": (mapped, summed, indicators),
        "own": (defined,),
        "head": tuple(path.read_text(encoding="utf-8") for path in sorted(catalogue.FOLDER.glob("*/*/*.sql"))[::9]),
    }  # fmt: skip


def tomls(target: str, cases: int, folder: Path, seed: int = SEED) -> Counter[str]:
    """Mutated files of a target, each read as the product reads it."""
    dice, seen = random.Random(f"{seed} {target}"), Counter[str]()
    seeds, reader = toml_seeds()[target], READERS[target]
    for _ in range(cases):
        text = changed(dice, dice.choice(seeds))
        seen[ended(target, text, lambda text=text: reader(text, folder))] += 1
    return seen


def _policy(text: str, _: Path) -> None:
    found = Policy.from_toml(text, "fuzz", "fuzz.toml")
    _ = versions.resolved(found).social


def _settings(text: str, _: Path) -> None:
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    configuration.of("fuzz.toml", given)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def _mapping(text: str, folder: Path) -> None:
    found = mappings.load(_file(folder, "fuzz.toml", text))
    assert found is not None
    if "indicators" not in found:
        mappings._wanted(found)


def _disclosure(text: str, _: Path) -> None:
    from metrics.disclosures.plain import filled

    for item in template.parsed(text, "fuzz").items:
        for language in LANGUAGES:
            filled(item.texts.get(language, ""), {"value": "1"})


READERS: dict[str, Callable[[str, Path], object]] = {
    "policy": _policy,
    "regulator": lambda text, _: regulator.read(text, "fuzz.toml"),
    "pack": lambda text, _: description.as_toml(description.parsed(text, "fuzz")),
    "settings": _settings,
    "disclosure": _disclosure,
    "mapping": _mapping,
    "own": lambda text, folder: own._file(_file(folder, "own_a.toml", text), "social"),
    "head": lambda text, folder: catalogue.checked(_file(folder, "par30.sql", text)),
}
