"""Picking: which stems a person asks for, and what each of them is made of."""

from collections.abc import Mapping
from typing import Literal

from studio.engine.dividing.families import CHOIR, FAMILIES, SINGER
from studio.errors import ToolUnfit

Kind = Literal["2", "12", "each"]
KINDS: tuple[Kind, ...] = ("2", "12", "each")

INSTRUMENTAL = "instrumental"

Picks = dict[str, tuple[str, ...]]
"""Of which sources each stem is the sum, by its name; of none, if it is empty."""


def pick(
    families: Mapping[str, str],
    kind: Kind,
    *,
    only: str = "",
    without: str = "",
    rest: bool = False,
) -> Picks:
    """Return what is to be written.

    Parameters
    ----------
    families
        Of each source that there is, by its name: one of `FAMILIES`, or another word.
    kind
        Two stems (singing and the rest), the twelve families, or each source by itself.
    only, without
        A stem by its name, of this kind or any other: alone, or all but it.
    rest
        Beside one alone, all but it too.

    Raises
    ------
    ToolUnfit
        If there is no such stem, or both are wanted.
    """
    if only and without:
        raise ToolUnfit(f"Ask for “{only}” alone or for all but “{without}”, not for both at once.")
    if not (only or without):
        return _groups(families, kind)
    one = _found(only or without, families, kind)
    others = tuple(name for name in families if name not in one)
    picks: Picks = {only: one} if only else {}
    return picks | ({f"without {only or without}": others} if without or rest else {})


def _groups(families: Mapping[str, str], kind: Kind) -> Picks:
    if kind == "each":
        return {name: (name,) for name in families}
    if kind == "2":
        sung = tuple(name for name, family in families.items() if family in {SINGER, CHOIR})
        return {SINGER: sung, INSTRUMENTAL: tuple(name for name in families if name not in sung)}
    groups: Picks = dict.fromkeys((*FAMILIES, *families.values()), ())
    for name, family in families.items():
        groups[family] += (name,)
    return groups


def _found(wanted: str, families: Mapping[str, str], kind: Kind) -> tuple[str, ...]:
    for some in (kind, *KINDS):
        groups = _groups(families, some)
        if wanted in groups:
            return groups[wanted]
    names = dict.fromkeys(name for some in KINDS for name in _groups(families, some))
    raise ToolUnfit(f"There is no stem “{wanted}” here. There are: {', '.join(names)}.")
