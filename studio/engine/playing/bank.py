"""Bank: which SoundFont the band plays from, the best that is found on this machine."""

import os
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from studio.engine.playing.sf2 import SoundFont, read_soundfont
from studio.errors import SoundUnreadable

SETTING = "STUDIO_SOUNDFONT"

SYSTEM_BANKS = (
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/soundfonts/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf2/MuseScore_General.sf2"),
    Path("/usr/share/soundfonts/MuseScore_General.sf2"),
)
"""Where systems keep good banks, best first. SF3 is not read."""


def find_bank(environ: Mapping[str, str]) -> Path:
    """Return the bank to play from: the wished one, a good one of the system, or the small one.

    Raises
    ------
    SoundUnreadable
        If the wished file is not there, or if there is no bank at all.
    """
    if wished := environ.get(SETTING):
        if not Path(wished).is_file():
            raise SoundUnreadable(
                f"{SETTING} names {wished}, which is not there. Unset or mend it."
            )
        return Path(wished)
    for path in SYSTEM_BANKS:
        if path.is_file():
            return path
    return _packaged_bank()


@cache
def the_bank() -> SoundFont:
    """Return the bank of this process, read once."""
    return read_soundfont(find_bank(os.environ))


def _packaged_bank() -> Path:
    """Find the bank that comes inside pretty_midi, without importing that package."""
    spec = find_spec("pretty_midi")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "TimGM6mb.sf2"
        if path.is_file():
            return path
    raise SoundUnreadable(
        f"The band has no SoundFont to play from. Install pretty-midi, or name one in {SETTING}."
    )
