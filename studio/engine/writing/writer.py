"""Writer: words for a song about something, when nobody brought any."""

from studio.engine.brief import Brief
from studio.engine.writing.chance import pick, stream
from studio.engine.writing.lyrics import Stanza

LINES = (
    "I left the porch light burning low",
    "the radio knew what I know",
    "there is a road behind the rain",
    "and every mile it says your name",
)


def write_song(
    brief: Brief, form: tuple[Stanza, ...], seed: int
) -> tuple[str, str, tuple[Stanza, ...]]:
    """Return title, language and stanzas."""
    rng = stream(seed, "words")
    stanzas = tuple(
        Stanza(s.kind, s.name, tuple(pick(rng, LINES) for _ in range(4)))
        if s.kind not in {"intro", "solo", "outro"}
        else s
        for s in form
    )
    return "Behind the Rain", "en", stanzas


def name_tune(topic: str, style: str, seed: int) -> str:
    """Return a title for a song without words."""
    return f"{style.title()} No. {seed % 100}"
