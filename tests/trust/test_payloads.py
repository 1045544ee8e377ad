"""Text from anyone's data is text on every page: it fetches nothing, runs nothing and changes nothing but itself."""

from pathlib import Path

import pytest

from tests.browser.window import browsing, serving, window
from tests.trust import hostile
from tests.trust.canary import word


@pytest.mark.full
def test_payloads_in_every_text_stay_texts(tmp_path: Path) -> None:
    with hostile.sinking() as sink:
        hostile.planted(tmp_path / "data", sink.address, since="2026-08-01").close()
        addresses = [
            ("", f"unit={word('kolo')}"),
            ("voices", ""),
            ("voices", "part=tailored"),
            ("methods", "part=picture"),
        ]
        with serving(tmp_path / "data", 120) as server, browsing() as browser, window(browser, server) as opened:
            hostile.listen(opened, sink)
            faults, seen = hostile.walked(opened, sink, addresses)
            assert faults == []
            assert len(seen) >= 8, "they are seen as they are"


def test_what_a_text_became_would_be_found(tmp_path: Path) -> None:
    with hostile.sinking() as sink, browsing() as browser:
        html = "<p>{}</p>"
        for bad in (
            f"<img src={sink.address}/x>", f"<a href={sink.address}/x>x</a>", "<b>inked</b>", "<i class=katex>x</i>",
            f"<p style='background:url({sink.address}/x)'>x</p>", "<script>window.__pwned=1</script>",
        ):  # fmt: skip
            page = browser.new_page()
            page.set_content(html.format(bad))
            assert page.evaluate(hostile.MADE, sink.address), bad
        page = browser.new_page()
        page.set_content(html.format(f"&lt;img src={sink.address}/x&gt; **inked**"))
        assert page.evaluate(hostile.MADE, sink.address) == []
        assert sink.asked, "the sink hears who asks"
