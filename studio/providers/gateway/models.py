"""The models, what each accepts and what it costs, as data.

The page tells prices and names, but no limits: those here are Suno's own, which are a guess.
"""

from collections.abc import Mapping

from studio.providers.limits import Limits, Model, Price
from studio.songs import Ability as A  # noqa: N817 - this file is a table
from studio.songs import Request

DESCRIPTION = 200
"""Characters at which users of this vendor cut a description."""
UPLOADED = "chirp-v3-5-upload"
"""Which model goes on from a sound that was uploaded, whichever was chosen."""
GUESSED = "How much it takes is guessed from Suno's own limits."


def _model(note: str, *, style: int, lyrics: int) -> Model:
    usual = Limits(
        description=DESCRIPTION,
        style=style,
        lyrics=lyrics,
        voice=False,
        weights=False,
    )
    return Model(limits=usual, abilities=frozenset({A.CREATE, A.EXTEND}), note=note)


MODELS: Mapping[str, Model] = {
    "chirp-v4": _model(GUESSED, style=200, lyrics=3000),
    "chirp-auk": _model(f"Suno v4.5, and dearer. {GUESSED}", style=1000, lyrics=5000),
    "chirp-v3-5": _model(f"An older model. {GUESSED}", style=200, lyrics=3000),
    "chirp-v3-0": _model(f"An older model. {GUESSED}", style=200, lyrics=3000),
    "chirp-v2-xxl-alpha": _model(f"The oldest model. {GUESSED}", style=200, lyrics=3000),
}

PLAIN: Mapping[A, Limits] = {
    A.CONCAT: Limits(origin="made"),
    A.TIMELINE: Limits(),
    A.LYRICS: Limits(description=DESCRIPTION),
}
"""What is had without a model."""

ABILITIES = frozenset(PLAIN).union(*(model.abilities for model in MODELS.values()))

UNKNOWN = Price(amount=0, unit="dollars", approximate=True)
"""Of what no page has a price for."""
USUAL = Price(amount=0.04, unit="dollars")
PRICES = {"chirp-auk": Price(amount=0.055, unit="dollars")}
"""Of one generation, which makes two songs; all others cost the usual."""


def model_for(request: Request, *, uploaded: bool = False) -> str:
    """Return the model that makes `request`; one that we do not know is not sent."""
    if uploaded:
        return UPLOADED
    asked = request.model or ""
    return asked if asked in MODELS else next(iter(MODELS))


def price_of(request: Request, *, uploaded: bool = False) -> Price:
    """Tell what one generation costs; what is documented nowhere is told as nothing, about."""
    if request.ability in PLAIN:
        return UNKNOWN
    return PRICES.get(model_for(request, uploaded=uploaded), USUAL)
