"""Colours of charts, light and dark; each pair with its ground keeps the contrast that text or marks need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tones:
    """One theme's colours: text (`ink`, `grey`), marks, and the ground behind them."""

    ground: str
    ink: str
    grey: str
    line: str
    hair: str
    financial: str
    social: str
    selected: str
    amber: str
    red: str


LIGHT = Tones(
    ground="#FFFFFF",
    ink="#16181D",
    grey="#667085",
    line="#8A94A6",
    hair="#E3E6EC",
    financial="#1F3A68",
    social="#15807A",
    selected="#8A2E72",
    amber="#B25E00",
    red="#B42318",
)
DARK = Tones(
    ground="#14171C",
    ink="#E9ECF1",
    grey="#9AA4B5",
    line="#76819A",
    hair="#2B313A",
    financial="#9DB7E8",
    social="#5CC9BE",
    selected="#E29AD0",
    amber="#F2B35C",
    red="#FF8A7A",
)


def tones(theme: str | None) -> Tones:
    """The colours of a theme ('dark', else light)."""
    return DARK if theme == "dark" else LIGHT
