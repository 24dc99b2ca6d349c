"""The editions: three generations of the vendor's documents, each with its models and limits.

Generation 3 is of early 2026, 4 of spring, 5 of autumn. They differ in models and in what has to be
said. Whatever endpoint a later one describes is had with an earlier one too, in the oldest words
for it: it is the same server, and only what it is told differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from studio.providers.limits import Limits, Model
from studio.providers.sunoapi.offering.lists import INSTRUMENTS, LANGUAGES
from studio.providers.sunoapi.offering.models import SECTION, before_autumn, since_autumn
from studio.songs import Ability as A  # noqa: N817 - this file is a table
from studio.songs import Request


@dataclass(frozen=True)
class Edition:
    """One generation of the vendor's documents."""

    name: str
    models: Mapping[str, Model]
    """By name, the default first."""
    plain: Mapping[A, Limits]
    """What is had without a model."""
    is_autumn: bool = False
    """Whether it is of autumn 2026: words to sing have a member of their own, covers and mashups
    are told nothing of a mode, and more can be left out."""

    @property
    def abilities(self) -> frozenset[A]:
        """Everything that it can do."""
        return frozenset(self.plain).union(*(model.abilities for model in self.models.values()))

    def fitting(self, ability: A) -> tuple[str, ...]:
        """Return the models that have an ability, the default first."""
        return tuple(name for name, model in self.models.items() if ability in model.abilities)

    def model_for(self, request: Request) -> str:
        """Return the model that makes `request`; empty where none is needed."""
        names = self.fitting(request.ability)
        return request.model if request.model in names else next(iter(names), "")

    def limits_for(self, request: Request) -> Limits:
        """Return what may be sent for `request`."""
        name = self.model_for(request)
        known = self.plain.get(request.ability, Limits())
        return self.models[name].limits_for(request.ability) if name else known


def _plain() -> dict[A, Limits]:
    made = Limits(origin="made")
    return {
        A.STEMS: Limits(origin="made", details=("basic", "full", "one"), instruments=INSTRUMENTS),
        A.WAV: made,
        A.MIDI: made,
        A.TIMELINE: made,
        A.COVER_IMAGE: made,
        A.RECOVER: made,
        A.VIDEO: Limits(origin="made", author=50, site=50),
        A.PERSONA: Limits(
            origin="made",
            shortest_window=10.0,
            longest_window=30.0,
            needs=frozenset({"description"}),
        ),
        A.LYRICS: Limits(description=200),
        A.TAGS: Limits(),
        A.PHRASE: Limits(languages=LANGUAGES),
        A.VOICE: Limits(skills=True, needs=frozenset({"phrase"})),
        A.UPLOAD: Limits(),
    }


PLAIN: Mapping[A, Limits] = _plain() | {
    A.REPLACE: Limits(**SECTION, origin="made", shortest_window=6.0, longest_window=60.0)
}
PLAIN_SINCE_AUTUMN: Mapping[A, Limits] = _plain() | {
    A.STEMS: _plain()[A.STEMS].model_copy(update={"origin": "any"})
}
"""Stems are had of one's own sounds too; a section may be made anew in them, by a model."""

MODELS_3 = ("V5", "V4_5PLUS", "V4_5ALL", "V4_5", "V4")
MODELS_4 = ("V5_5", *MODELS_3)
MODELS_5 = ("V6", "V6_WILD", "V6_MINI")

EDITION_3 = Edition("3", {name: before_autumn(name) for name in MODELS_3}, PLAIN)
EDITION_4 = Edition("4", {name: before_autumn(name) for name in MODELS_4}, PLAIN)
EDITION_5 = Edition(
    "5",
    {name: since_autumn(name, is_deprecated=False) for name in MODELS_5}
    | {name: since_autumn(name, is_deprecated=True) for name in MODELS_4},
    PLAIN_SINCE_AUTUMN,
    is_autumn=True,
)
TITLES: Mapping[str, str] = {
    "3": "Generation 3 (early 2026)",
    "4": "Generation 4 (spring 2026, with V5_5)",
    "5": "Generation 5 (autumn 2026, with V6)",
}
"""What each edition is called, the usual one first."""
