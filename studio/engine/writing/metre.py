"""Metre: a style's ways to play, cut or drawn out to bars of another length."""

from studio.engine.writing.steps import STEPS_PER_BEAT
from studio.engine.writing.style import Comper, Drummer, Groove, Patterns, Style


def in_metre(style: Style, beats_per_bar: int) -> Style:
    """Return `style` with bars of so many beats; what is missing is its last beat again."""
    if style.beats_per_bar == beats_per_bar:
        return style
    steps = beats_per_bar * STEPS_PER_BEAT
    bass = style.bass
    if bass is not None:
        bass = bass.model_copy(update={"patterns": fitted_patterns(bass.patterns, steps)})
    return style.model_copy(
        update={
            "beats_per_bar": beats_per_bar,
            "chords": tuple(_fitted_comper(comper, steps) for comper in style.chords),
            "bass": bass,
            "drums": style.drums and _fitted_drummer(style.drums, steps),
        }
    )


def fitted_patterns(patterns: Patterns, steps: int) -> Patterns:
    """Cut or draw out patterns to bars of so many steps."""
    return {
        level: tuple(fitted(pattern, steps) for pattern in ways) for level, ways in patterns.items()
    }


def fitted(pattern: str, steps: int) -> str:
    """Cut or draw out every bar of a pattern to so many steps."""
    bars = ("".join(bar.split()) for bar in pattern.split("|"))
    return "|".join(_bar(bar, steps) for bar in bars)


def _bar(bar: str, steps: int) -> str:
    while len(bar) < steps:
        bar += bar[-STEPS_PER_BEAT:]
    return bar[:steps]


def _fitted_comper(comper: Comper, steps: int) -> Comper:
    return comper.model_copy(update={"patterns": fitted_patterns(comper.patterns, steps)})


def _fitted_drummer(drummer: Drummer, steps: int) -> Drummer:
    grooves = tuple(
        Groove(
            soft=_lanes(groove.soft, steps),
            main=_lanes(groove.main, steps),
            full=_lanes(groove.full, steps),
        )
        for groove in drummer.grooves
    )
    fills = tuple(
        # A fill ends with its bar.
        {lane: "".join(pattern.split())[-steps:] for lane, pattern in fill.items()}
        for fill in drummer.fills
    )
    return drummer.model_copy(update={"grooves": grooves, "fills": fills})


def _lanes(lanes: dict[str, str], steps: int) -> dict[str, str]:
    return {lane: fitted(pattern, steps) for lane, pattern in lanes.items()}
