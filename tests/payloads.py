"""Texts that a spreadsheet program could take for a formula, a link or markup: each must stay a text."""

PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\ufeff=1+1", "＝1+1", "{=1}",
    '=HYPERLINK("http://x.test","a")', "=cmd|' /C calc'!A0", "'=1", "=1\x00+1", "\x01=1", "-5",
    "http://x.test", "<b>&amp;",
]  # fmt: skip
