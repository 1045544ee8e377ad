"""The four forms of a pack, each by the ending of its files."""

from collections.abc import Callable, Mapping

from metrics.packs.model import Pack
from metrics.packs.page import html
from metrics.packs.pdf import pdf
from metrics.packs.slides import pptx
from metrics.packs.workbook import xlsx

FORMS: Mapping[str, Callable[[Pack], bytes]] = {"pdf": pdf, "pptx": pptx, "xlsx": xlsx, "html": html}
