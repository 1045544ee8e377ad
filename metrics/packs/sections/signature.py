"""The last page: who signs, and what exactly is signed."""

from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Section, Signature
from metrics.words import date, percent, say

ROLES = ("chair", "ceo", "risk")


def section(asked: Asked, part: Part) -> Section:
    """Lines for each role to sign on; the hash stands empty until the pack is whole."""
    language = asked.language
    given = part.choices.get("roles")
    roles = [str(one) for one in given] if isinstance(given, (list, tuple)) else []
    named = tuple(roles or (say(language, f"packs.role_{name}") for name in ROLES))
    lines = (
        (say(language, "packs.basis_date"), date(language, asked.day)),
        (say(language, "packs.basis_weights"), asked.weighting),
        (say(language, "packs.basis_social"), percent(language, asked.picture.social / 100, 0)),
        (say(language, "packs.basis_data"), asked.data),
        (say(language, "packs.signature_presented"), ""),
        (say(language, "packs.signature_hash"), ""),
    )
    title = str(part.choices.get("title", "")) or say(language, "packs.section_signature")
    known = tuple(line for line in lines if line[0] != say(language, "packs.basis_data") or line[1])
    message = say(language, "packs.signature_message", n=len(named))
    return Section(part.id, part.kind, title, message, (Signature(named, known),))


def signed(block: Signature, language: str, digest: str) -> Signature:
    """The block with the hash of the pack that it stands in."""
    name = say(language, "packs.signature_hash")
    return Signature(block.roles, tuple((label, digest if label == name else said) for label, said in block.lines))
