"""No text of a user reaches the database as SQL, and what reaches it reads no file, no network, no setting."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from metrics import catalogue, ingest, own, sandbox
from metrics.__main__ import main
from metrics.errors import DefinitionError, EvenkeelError
from metrics.ingest import Options
from metrics.store import Scope, Store
from tests.ingesting import AS_OF, five
from tests.prove.trust_probes import CANARY, FEWEST, Ground, allowed, ground, probes, written

SOUND = catalogue.FOLDER / "financial"
HOSTILE = (
    "SELECT period, unit, 1.0 AS value, 1.0 AS n FROM read_text('/etc/passwd')",
    "SELECT period, unit, length(repeat('a', 2000000000)) AS value, 1.0 AS n FROM portfolio",
    "SELECT period, getvariable('mask') AS unit, 1.0 AS value, 1.0 AS n FROM portfolio",
    "SELECT period, current_setting('secret_directory') AS unit, 1.0 AS value, 1.0 AS n FROM portfolio",
    "SELECT NULL::DATE AS period, schema_name AS unit, 1.0 AS value, 1.0 AS n FROM information_schema.schemata",
    "SELECT NULL::DATE AS period, loan_id AS unit, 1.0 AS value, 1.0 AS n FROM facts.loans",
    "WITH loans AS (SELECT 1 AS a) SELECT NULL::DATE AS period, unit, 1.0 AS value, 1.0 AS n FROM facts.loans",
    "WITH t AS (SELECT 1) SELECT period, unit, 1.0 AS value, 1.0 AS n FROM portfolio; DROP TABLE portfolio",
    "COPY (SELECT 1) TO 'evenkeel-probe.csv'",
    "SELECT period, unit, 1.0 AS value, 1.0 AS n FROM range(1000000000000)",
    "SELECT * FROM loans",
    "ATTACH 'x.duckdb' AS y",
    "SELECT",
    "",
    "SELECT 1" + "+1" * 20000,
)


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Store, Ground]]:
    with ground() as made:
        yield made


def test_no_probe_is_allowed(place: tuple[Store, Ground]) -> None:
    store, where = place
    assert len(probes(where)) >= FEWEST
    assert allowed(store.cursor(), where) == []
    assert allowed(store.within(Scope(institutions=("own",), branches=("B01",), masked=True)).cursor(), where) == []


def test_a_probe_that_is_allowed_would_be_found(place: tuple[Store, Ground]) -> None:
    with duckdb.connect() as con, pytest.raises(AssertionError, match="wrote a file"):
        allowed(con, place[1])


def injections(where: Ground) -> list[str]:
    """Texts that are statements wherever a text is glued into one."""
    reach = f"(SELECT content FROM read_text('{where.outside}'))"
    return [f"'; COPY (SELECT 1) TO '{where.outside}2'; --", '"; DROP TABLE batches; --', f"' || {reach} || '",
            f'" || {reach} || "', f"{reach}", "$$; SELECT 1; $$", "{reach}", "?1", "a\x00b", "%(x)s"]  # fmt: skip


def mappings(text: str) -> list[dict[str, object]]:
    """Mappings with a hostile text in each place that a user may fill."""
    names = {"loan_id": "loan_id", "principal_outstanding": "outstanding"}
    loans: dict[str, object] = {"table": "loans", "columns": names}
    return [
        {**loans, "columns": {**names, "client_id": text}}, {"table": text}, {**loans, "columns": {text: "loan_id"}},
        {**loans, "constants": {"branch_id": text, "currency": text}}, {**loans, "branches": {text: text}},
        {"table": "institution_months", "measures": {text: f"{text} + outstanding"}, "columns": {}},
        {**loans, "codes": {"gender": {text: "F"}}}, {**loans, "institution": {"institution_name": text}},
    ]  # fmt: skip


@pytest.mark.full
def test_text_of_users_reaches_the_database_as_text_only(place: tuple[Store, Ground], tmp_path: Path) -> None:
    store, where = place
    before = written(where)
    for number, text in enumerate(injections(where)):
        file = tmp_path / f"{number}{text.replace('/', '_')[:60].replace(chr(0), '_')}.csv"
        quoted = text.replace('"', '""')
        file.write_text(five().replace("Kolo", f'"{quoted}"').replace("client_id", f'"{quoted}"', 1), encoding="utf-8")
        hostile = mappings(text)
        for mapping in (None, hostile[number % len(hostile)]):
            reached(store, file, mapping, text)
    assert written(where) == before
    assert store.cursor().execute("SELECT count(*) FROM batches").fetchall() == [(0,)]


def reached(store: Store, file: Path, mapping: dict[str, object] | None, text: str) -> None:
    """Read a file with a hostile text in every place, as far as it goes; the secret is in nothing that is told."""
    told = []
    with suppress(EvenkeelError):  # a mapping that is no mapping; what it says is held to words elsewhere
        options = Options(as_of=AS_OF, institution=text, accept_new=frozenset({"branch"}), mapping=mapping)
        found = ingest.preview(store, [file], options)
        told += [error.text() for error in (*found.refused, *found.questions)]
        told += [str(row) for row in found.cursor.execute("SELECT * FROM in_loans").fetchall()] if found.sheets else []
        found.cursor.close()
    assert CANARY not in "".join(told)


@pytest.mark.parametrize(
    "text", ["x'; DROP TABLE batches; --", "../../etc", "own_a/../../b", "own_A", "own_" + "a" * 99]
)
def test_an_indicator_of_ones_own_has_no_sql_and_no_id_but_letters(text: str) -> None:
    given = {"pillar": "social", "title": "t", "unit": "%", "better": "higher", "worst": 0, "best": 1}
    with pytest.raises(DefinitionError):
        own.of("a.toml", text, given)


@pytest.mark.parametrize("sql", HOSTILE, ids=range(len(HOSTILE)))
def test_an_indicator_file_with_hostile_sql_is_refused_before_it_runs(tmp_path: Path, sql: str) -> None:
    file = tmp_path / "financial" / "credit_risk" / "hostile.sql"
    file.parent.mkdir(parents=True)
    head = next(SOUND.rglob("par30.sql")).read_text(encoding="utf-8").partition("*/")[0]
    file.write_text(f"{head}*/\n{sql}", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        catalogue.checked(file)
    assert caught.value.text("fr") != caught.value.text("es") != caught.value.text("en")


def test_an_indicator_file_is_tried_where_nothing_can_be_reached(place: tuple[Store, Ground]) -> None:
    with sandbox.opened() as con:
        assert allowed(con, place[1]) == []
        with pytest.raises(duckdb.Error):
            con.execute("SET memory_limit = '64GB'")
        assert con.execute("SELECT current_setting('max_execution_time')").fetchall() == [(15000,)]


def test_the_command_tells_whether_an_indicator_file_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = next(SOUND.rglob("par30.sql"))
    assert main(["check-indicator", str(sound)]) == 0
    assert "par30.sql is sound" in capsys.readouterr().out
    text = sound.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.sql"
    wrong.write_text(text.replace("par_over_30", "glp", 1) if "par_over_30" in text else text + "; SELECT 1")
    assert main(["check-indicator", str(wrong)]) == 1
    assert main(["check-indicator", str(tmp_path / "none.sql")]) != 0


def test_every_indicator_that_ships_is_sound_by_itself() -> None:
    for file in sorted(SOUND.rglob("*.sql"))[:10]:
        assert catalogue.checked(file).id == file.stem
