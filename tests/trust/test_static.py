"""Rules by syntax: each holds for the code as it is, and each finds what breaks it."""

import ast
from pathlib import Path

import pytest

from pages.ui.data import Source
from tests import source
from tests.trust import static

BAD = {
    "markdown": [
        "def f(unit): st.markdown(f'**{unit.name}**')",
        "def f(one): st.button(one.name, key='x')",
        "def f(screen, who): st.caption(f\"{screen.say('by', who=who)} x\")",
        "def g(unit): return unit.name\ndef f(unit): st.info(f'{g(unit)}')",
        "def f(rows):\n    for row in rows:\n        st.expander('of ' + row)",
        "def f(name):\n    text = name\n    st.title(f'# {text}')",
    ],
    "html": ["def f(name): st.html(f'<b>{name}</b>')", "def f(name): st.html(name)", "st.html(page(name))"],
    "cached": [
        "@st.cache_data\ndef f(day): return 1",
        "@st.cache_resource(max_entries=3)\ndef f(source: Source, _cursor): return 1",
        "@st.cache_data\ndef f(source: Source): return st.session_state['x']",
        "@st.cache_data\ndef f(source: Source): return access.current().name",
    ],
    "required": ["st.title('x')\nscreen = require()", "x = read()\nscreen = require()", "VIEWS = {}"],
    "dangerous": ["eval(text)", "pickle.loads(data)", "subprocess.run(text, shell=True)", "os.system(text)"],
    "prints": ["print(rows)"],
    "changes": ["def save(store, row): store.write(row)", "def land(store, batch): return store.land(batch, {})"],
}
FINE = {
    "markdown": [
        "def f(unit): st.markdown(f'**{md(unit.name)}**')",
        "def f(screen, n): st.caption(f\":gray[{screen.say('rows', n=n)}]\")",
        "def g(unit): return md(unit.name)\ndef f(unit): st.info(f'{g(unit)}')",
        "def f(rows): st.markdown(' '.join(f'- {md(row)}' for row in rows) + '!')",
    ],
    "html": ["st.html(STYLE)", "st.html(HERE / 'style.css')", "st.html('<hr>')"],
    "cached": ["@st.cache_data\ndef f(source: data.Source, day): return 1"],
    "required": ["VIEWS = {'a': lambda screen: show(screen)}\n\nscreen = require()\nst.title('x')"],
    "dangerous": ["cursor.execute(sql)", "subprocess.run(command, shell=False)"],
    "prints": ["emit(rows)"],
    "changes": ["def save(store, row):\n    access.need('record')\n    store.write(row)"],
}


@pytest.mark.parametrize("rule", static.RULES)
def test_a_rule_holds_for_the_code_as_it_is(rule: str) -> None:
    assert static.broken(rule) == []


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in BAD.items() for code in codes])
def test_a_rule_finds_what_breaks_it(rule: str, code: str) -> None:
    assert list(static.RULES[rule][0](source.ROOT / "pages" / "bad.py", ast.parse(code)))


@pytest.mark.parametrize(("rule", "code"), [(rule, code) for rule, codes in FINE.items() for code in codes])
def test_a_rule_lets_pass_what_is_well(rule: str, code: str) -> None:
    assert list(static.RULES[rule][0](source.ROOT / "pages" / "fine.py", ast.parse(code))) == []


def test_an_exception_that_nothing_needs_is_named() -> None:
    assert static.stale() == []


def test_a_source_tells_readers_apart_in_every_key() -> None:
    assert {"folder", "name", "epoch", "reach"} <= set(Source.__dataclass_fields__)
    assert all(isinstance(rule[1], list) and all(isinstance(one, Path) for one in rule[1]) and rule[1]
               for rule in static.RULES.values())  # fmt: skip
