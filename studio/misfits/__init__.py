"""Misfits: one rule for each way in which a request may not fit whom it is meant for.

Each returns a sentence with what does not fit and what would, or nothing. None knows a vendor: all
is asked of the limits that it declares.
"""

from collections.abc import Callable

from studio.misfits import makings, sources, wishes, writing
from studio.misfits.asked import Asked

__all__ = ["RULES", "Asked"]

RULES: tuple[Callable[[Asked], str], ...] = (
    sources.origin,
    writing.texts,
    writing.needs,
    writing.carried,
    wishes.length,
    wishes.voice,
    wishes.weights,
    wishes.variety,
    wishes.seed,
    wishes.persona,
    wishes.form,
    wishes.choices,
    wishes.variation,
    wishes.formats,
    makings.detail,
    makings.loop,
    makings.tempo,
    makings.key,
    makings.language,
    makings.skill,
    makings.shown,
    sources.length,
    sources.window,
    sources.point,
)
"""Each returns a sentence about what does not fit, or nothing."""
