"""Swing: from the straight notation to where the beats really fall."""

import math


def swung(beat: float, ratio: float, unit: float) -> float:
    """Return where a straight `beat` falls.

    Parameters
    ----------
    ratio
        Where the middle of each unit falls: 0.5 straight to 0.67 triplet.
    unit
        Beats that are swung as a pair: 1.0 for eighths, 0.5 for sixteenths.
    """
    whole = math.floor(beat / unit + 1e-9)
    part = beat / unit - whole
    bent = part * 2 * ratio if part < 0.5 else ratio + (part - 0.5) * 2 * (1 - ratio)  # noqa: PLR2004 - the middle
    return (whole + bent) * unit
