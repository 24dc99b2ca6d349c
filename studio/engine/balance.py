"""Balance: how loud, how wide and how coloured each stem of a record is, as data.

Levels are loudnesses to which a stem is brought before `Part.gain_db` is added, so that a quiet
sample bank and a loud synthesiser end up in the same band.
"""

from dataclasses import dataclass

from studio.audio.shaping.eq import bell, high_pass, high_shelf
from studio.audio.shaping.filters import Section

VOCALS, BACKING, DRUMS, BASS, LEAD = "vocals", "backing", "drums", "bass", "lead"


@dataclass(frozen=True, slots=True)
class Role:
    """What the engineer does to a stem before it is summed."""

    lufs: float
    """Loudness while it plays."""
    sections: tuple[Section, ...] = (high_pass(120.0),)
    ratio: float = 1.0
    """Of compression; 1 is none."""
    width: float = 1.0
    """Factor on what differs between the sides; 0 is mono."""
    spread: float = 0.0
    """How much difference is added to what comes as mono, 0 to 1."""
    ducks: float = 1.0
    """How much of the kick's ducking it takes."""
    drive: float = 0.0
    """Saturation, 0 to 1, whatever the style asks for on top."""
    swell_db: float = 3.0
    """How much louder it is in a section of energy 1 than in one of energy 0."""
    makes_way: bool = True
    """Whether it steps back a little while someone sings."""


ROLES = {
    VOCALS: Role(
        -17.8,
        (high_pass(100.0), bell(300.0, -1.5, q=0.8), bell(3_000.0, 1.0), high_shelf(9_000.0, 2.0)),
        ratio=3.0,
        spread=0.12,
        ducks=0.15,
        swell_db=2.5,
        makes_way=False,
    ),
    BACKING: Role(
        -25.5,
        (high_pass(180.0), bell(300.0, -2.0), high_shelf(8_000.0, 2.0)),
        ratio=3.0,
        width=1.3,
        spread=0.5,
        ducks=0.3,
        swell_db=2.5,
        makes_way=False,
    ),
    DRUMS: Role(
        -20.0,
        (high_pass(32.0), bell(350.0, -2.5), bell(4_500.0, 1.5), high_shelf(9_000.0, 3.0)),
        ratio=2.0,
        width=1.3,
        spread=0.3,
        drive=0.35,
        ducks=0.0,
        makes_way=False,
    ),
    BASS: Role(
        -21.5,
        (high_pass(34.0), bell(220.0, -1.5), bell(900.0, 1.5)),
        ratio=3.0,
        width=0.0,
        makes_way=False,
    ),
    LEAD: Role(-24.5, (high_pass(160.0), high_shelf(7_000.0, 1.5)), width=0.7, spread=0.3),
    "keys": Role(
        -25.5, (high_pass(130.0), bell(320.0, -2.0), high_shelf(6_000.0, 2.0)), spread=0.65
    ),
    "guitar": Role(
        -25.5, (high_pass(110.0), bell(300.0, -1.5), high_shelf(7_000.0, 1.5)), spread=0.65
    ),
    "pad": Role(-28.5, (high_pass(180.0), bell(400.0, -1.5)), width=1.2),
    "strings": Role(-27.5, (high_pass(170.0), high_shelf(7_000.0, 1.5)), spread=0.4),
    "brass": Role(-26.0, (high_pass(140.0), bell(500.0, -1.0)), spread=0.45),
    "organ": Role(-27.0, (high_pass(120.0), bell(350.0, -1.5)), width=1.2, spread=0.45),
    "percussion": Role(-29.0, (high_pass(200.0), high_shelf(8_000.0, 2.0)), width=1.3, ducks=0.3),
}
"""By the name of the stem."""

OTHERS = Role(-26.5, (high_pass(130.0), bell(320.0, -1.0)), spread=0.5)

INSTRUMENTAL_LEAD_DB = 4.5
"""How much the lead comes forward when nobody sings."""

# Carved out of the accompaniment where consonants are, so that the words are understood.
PRESENCE_CUT = bell(2_800.0, -2.5, q=0.7)


def role_of(name: str) -> Role:
    """Return the role of a stem by its name; `keys 2` is treated like `keys`."""
    return ROLES.get(name.rstrip("0123456789 _-"), OTHERS)
