"""Twelve invented exports of core banking systems and branch managers, with what each column truly is.

Written before the synonyms and kept apart from them: none may be copied from here into the recogniser's lists.
All people in them are made up.
"""

from tests.exports import english, french, portuguese, spanish
from tests.exports.making import Export

EXPORTS: tuple[Export, ...] = (*english.EXPORTS, *french.EXPORTS, *spanish.EXPORTS, *portuguese.EXPORTS)
