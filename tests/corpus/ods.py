"""An OpenDocument workbook (.ods), written by hand."""

import datetime
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.corpus.xlsx import pack

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
VALUE = "office:value"
ERRORS = ("#DIV/0!", "#REF!")
ERROR = 'table:formula="of:=1/0" calcext:value-type="error"'
END = "</table:table-cell>"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{KIND}"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)


def book(lines: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet named Loans."""
    rows = "".join(f"<table:table-row>{''.join(map(_cell, line))}</table:table-row>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{NAMES}office:1.0" '
        f'xmlns:table="{NAMES}table:1.0" xmlns:text="{NAMES}text:1.0" '
        f'xmlns:calcext="{CALC}" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Loans">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    made = {"mimetype": KIND, "content.xml": content, "META-INF/manifest.xml": MANIFEST}
    return pack({name: text.encode() for name, text in made.items()})


def _cell(value: Any) -> str:
    if value in ERRORS:
        return f'<table:table-cell {VALUE}-type="string" office:string-value="" {ERROR}><text:p>{value}</text:p>{END}'
    if isinstance(value, str):
        return f'<table:table-cell {VALUE}-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    if isinstance(value, datetime.date):
        day = value.isoformat()
        return f'<table:table-cell {VALUE}-type="date" office:date-value="{day}"><text:p/></table:table-cell>'
    return f'<table:table-cell {VALUE}-type="float" {VALUE}="{value}"><text:p>{value}</text:p></table:table-cell>'
