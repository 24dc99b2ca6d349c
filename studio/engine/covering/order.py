"""Order: what a cover is to be like."""

from dataclasses import dataclass, replace

from studio.engine.persona import Persona
from studio.engine.score import Key, Vocal
from studio.engine.writing.lyrics import Stanza
from studio.engine.writing.reading import Voice, Wish


@dataclass(frozen=True, slots=True)
class Order:
    """What the cover is to be like; what is left open is as it was, or as the style has it."""

    wish: Wish
    """What the words about the style say."""
    voice: Voice | None = None
    persona: Persona | None = None
    """Who sings; `voice` is then its own."""
    key: Key | None = None
    tempo_bpm: float | None = None
    stanzas: tuple[Stanza, ...] = ()
    """New words."""
    language: str = "en"
    """Of the new words."""
    keep_time: bool = False
    """Whether every beat must fall when it did, and every chord sound as high as it did."""
    instrumental: bool = False

    def sung(self, vocal: Vocal) -> Vocal:
        """Return what is sung, by who is asked to sing it; by nobody else if nobody is."""
        if self.persona is not None:
            return replace(vocal, voice=self.persona.voice, persona=self.persona)
        return replace(vocal, voice=self.voice, persona=None) if self.voice else vocal
