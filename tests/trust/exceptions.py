"""What the rules by syntax let pass all the same, and why; whatever nothing needs any more is named by a test."""

# Cached without a source, and why.
SOURCELESS = {
    "pages.ui.data:_kept": "the open database of the process; who reads it is limited by `Store.within`",
    "pages.ui.data:_reader": "the same, read from a copy",
    "pages.ui.work:_jobs": "work under way, by names that hold the random id of one session's upload",
    "pages.ui.upload:_empty": "a database without any row",
    "pages.ui.ppi:_read": "one upload, by its random id",
}
# What a rule cannot see to be our own text: file, the beginning of what is shown, and what it is made of.
KNOWN = {
    ("pages/ui/batches.py", "f'**{said}**{word}'"): "the number of a batch; its person's name is escaped",
    ("pages/ui/drawer.py", "rows.status(screen, unit) + since"): "a mark, a word and a month of ours",
    ("pages/ui/drawer.py", "f'{rows.healths(screen, unit)}"): "figures between words of ours",
    ("pages/ui/drawer.py", "f\":gray[{' · '.join((fact"): "figures between words of ours",
    ("pages/ui/pack/choose.py", "f'{sign} *{md("): "a mark of ours",
    ("pages/ui/settings/activity.py", "f\"{said(screen, 'list_title'"): "the number of a batch",
    ("pages/ui/settings/erasure.py", "f\"**{said(screen, 'told_figures'"): "numbers",
    ("pages/ui/settings/privacy.py", "f'- {text}'"): "our own sentences with numbers of days",
    ("pages/ui/settings/privacy.py", 'f"- **{md(titles'): "numbers",
    ("pages/ui/settings/safekeeping.py", 'f"{told} {said('): "a folder of the installation's, and numbers",
    ("pages/ui/steps/change.py", "f\":orange[▲] {screen.say('change_check'"): "numbers",
    ("pages/ui/steps/classes.py", "told + names"): "kinds of ours; the names are escaped",
    ("pages/ui/stress/results.py", "f'**{title}**'"): "a title of ours",
    ("pages/ui/trace.py", 'f":gray[{number_}]'): "the number of a step",
    ("pages/ui/voices/decisions.py", "f'{_status(screen, one)}"): "a mark and a word of ours",
    ("pages/ui/voices/decisions.py", "f'{act_words.status(screen"): "a mark and a word of ours",
    ("pages/ui/voices/heard_list.py", "f'{mark} {md(text)}'"): "a mark of ours",
    ("pages/ui/voices/loop_rows.py", "f\":gray[{said(screen, 'loop_note'"): "dates",
    ("pages/ui/voices/voice_one.py", "f'{act_words.status(screen, one)}"): "a mark and a word of ours",
    ("pages/ui/warnings/breach_open.py", "rows.LEVELS[one.level] + "): "a mark; the text is escaped where it is made",
    ("pages/ui/warnings/risk_sheet.py", 'f":{tone}[**{said(screen'): "a colour and a word of ours",
}
# Changes that ask nobody themselves, and who asked before.
ASKED_BEFORE = {
    "metrics.personal.erasing:finish": "goes on with an erasure that was asked for and allowed",
    "metrics.retention:remove": "its commands and its page ask",
    "metrics.sample:land": "the sample is nobody's data",
}
