"""Sections of one's own: they show what they name, and refuse what there is not."""

import pytest

from metrics.errors import EvenkeelError
from metrics.packs import compose, description
from metrics.packs.model import Chart, Number, Table, Text
from metrics.packs.refs import parsed
from tests import packing


def test_own_sections_show_what_they_name() -> None:
    plan = description.parsed(
        '[[section]]\nkind = "text"\ntitle = "Why"\ntext = "One.\\n\\nTwo."\n'
        '[[section]]\nkind = "indicator"\nindicator = "par30"\n'
        '[[section]]\nkind = "chart"\nindicator = "par30"\nchart = "units"\n'
        '[[section]]\nkind = "table"\nindicators = ["par30", "nps"]\nid = "two"\n'
    )
    pack = compose.compose(packing.asked(), plan)
    why, one, bars, two = pack.sections
    assert [each.text for each in why.blocks if isinstance(each, Text)] == ["One.", "Two."]
    assert one.message == "PAR30 (with renegotiated) is 5.4\u202f%, past its limit."
    (drawn,) = bars.blocks
    assert isinstance(drawn, Chart)
    shown = [value for value in drawn.series[0].values if value is not None]
    assert shown == sorted(shown, reverse=True) and drawn.categories[0] in bars.message
    (made,) = two.blocks
    assert isinstance(made, Table)
    assert [parsed(row[1].ref)[0] for row in made.rows if isinstance(row[1], Number)] == ["par30", "nps"]
    assert [each.id for each in pack.sections] == ["text", "indicator", "chart", "two"]


def test_every_kind_of_section_takes_a_title_of_its_own() -> None:
    extra = {"indicator": 'indicator = "par30"\n', "chart": 'indicator = "par30"\n', "text": 'text = "One."\n'}
    written = (f'[[section]]\nkind = "{kind}"\ntitle = "Ours"\n{extra.get(kind, "")}' for kind in description.KINDS)
    pack = compose.compose(packing.asked(), description.parsed("\n".join(written)))
    assert [(each.kind, each.title) for each in pack.sections] == [(kind, "Ours") for kind in description.KINDS]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('kind = "indicator"\nindicator = "par3"', "errors.unknown_indicator"),
        ('kind = "indicator"', "packs.no_indicator"),
        ('kind = "chart"\nindicator = "par30"\nchart = "pie"', "packs.unknown_chart"),
        ('kind = "table"\nindicators = ["parr30"]', "errors.unknown_indicator"),
    ],
)
def test_what_there_is_not_is_refused_with_a_sentence(written: str, key: str) -> None:
    with pytest.raises(EvenkeelError) as refused:
        compose.compose(packing.asked(), description.parsed("[[section]]\n" + written))
    assert refused.value.key == key and "{" not in refused.value.text("en")
