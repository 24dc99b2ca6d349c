"""Retold: the tags of a song of which a singer or the tempo has changed."""

import re

from studio.engine.score import Score

_CHANGING = re.compile(r"\d+ bpm|instrumental|(fe)?male voice")


def tags_now(score: Score) -> str:
    """Return the tags of `score` with its tempo as it is now, and who sings now."""
    tags = score.tags.split(", ")
    sings = f"{score.vocal.voice} voice" if score.vocal else "instrumental"
    kept = [tag for tag in tags if tag and not _CHANGING.fullmatch(tag)]
    return ", ".join([*kept[:1], f"{score.tempo_bpm:.0f} bpm", *kept[1:], sings])
