"""Rules about single things that are made: stems, sounds, voices, films."""

from studio.misfits.asked import Asked

DETAILS = {
    "basic": "voice and music",
    "full": "every instrument",
    "one": "one instrument and the rest",
}


def detail(asked: Asked) -> str:
    """Say if a song cannot be split so finely, or this instrument cannot be had alone."""
    wish, known = asked.wish("detail"), asked.limits.details
    if wish is None:
        return ""
    if wish not in known:
        able = "; ".join(DETAILS[one] for one in known)
        return f"{asked.who} does not split songs into {DETAILS[wish]}. It splits into: {able}."
    return _instrument(asked) if wish == "one" else ""


def _instrument(asked: Asked) -> str:
    wish, known = asked.request.text("instrument"), asked.limits.instruments
    if wish in known or (wish and not known):
        return ""
    way = f"Choose one of: {', '.join(known)}." if known else "Say which."
    if not wish:
        return f"{asked.who} needs to know which instrument is wanted. {way}"
    return f"{asked.who} cannot give {wish!r} alone. {way}"


def loop(asked: Asked) -> str:
    """Say if a sound cannot loop."""
    if not asked.wish("loop") or asked.limits.loops:
        return ""
    return f"{asked.who} does not make loops. Leave that out."


def tempo(asked: Asked) -> str:
    """Say if a sound cannot have this tempo."""
    wish, known = asked.wish("tempo_bpm"), asked.limits.tempos
    if wish is None:
        return ""
    if known is None:
        return f"{asked.who} does not let one choose the tempo. Leave it open."
    slowest, fastest = known
    if slowest <= wish <= fastest:
        return ""
    return f"{asked.who} makes sounds of {slowest} to {fastest} beats per minute, not {wish}."


def key(asked: Asked) -> str:
    """Say if a sound cannot be in this key."""
    wish, known = asked.request.text("key"), asked.limits.keys
    if not wish or wish in known:
        return ""
    if not known:
        return f"{asked.who} does not let one choose the key. Leave it open."
    return f"{asked.who} has no key {wish!r}. It has: {', '.join(known)}."


def language(asked: Asked) -> str:
    """Say if there are no phrases in this language."""
    wish, known = asked.request.text("language"), asked.limits.languages
    if not wish or not known or wish in known:
        return ""
    return f"{asked.who} has no phrases in {wish!r}. It has: {', '.join(known)}."


def skill(asked: Asked) -> str:
    """Say if nobody wants to know how well somebody sings."""
    if asked.wish("skill") is None or asked.limits.skills:
        return ""
    return f"{asked.who} does not take how well somebody sings. Leave it open."


def shown(asked: Asked) -> str:
    """Say if a name or an address cannot be shown in a film, or is too long for it."""
    for name in ("author", "site"):
        length, most = len(asked.request.text(name)), getattr(asked.limits, name)
        if length and most is None:
            return f"{asked.who} shows no {name} in a film. Leave it empty."
        if length > (most or 0):
            return (
                f"{asked.who} shows at most {most} characters of {name}, this has {length}. "
                f"Leave out {length - (most or 0)}."
            )
    return ""
