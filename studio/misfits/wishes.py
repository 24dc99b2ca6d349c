"""Rules about how something is to sound, and which of a maker's own words there are."""

from studio.misfits.asked import Asked


def length(asked: Asked) -> str:
    """Say if the song cannot be that long."""
    length, limits = asked.wish("length"), asked.limits
    if length is None:
        return ""
    if limits.longest is None:
        return f"{asked.who} does not let one choose the length. Leave it open."
    if limits.shortest <= length <= limits.longest:
        return ""
    return (
        f"{asked.who} makes songs of {limits.shortest:g} to {limits.longest:g} seconds, "
        f"not {length:g}."
    )


def voice(asked: Asked) -> str:
    """Say if nobody can choose who sings, or whether anybody does."""
    if asked.wish("instrumental"):
        if asked.limits.instrumental:
            return ""
        return f"{asked.who} cannot leave the singing out. Let it sing, or choose another model."
    if asked.wish("voice") and not asked.limits.voice:
        return f"{asked.who} does not let one choose who sings."
    return ""


def weights(asked: Asked) -> str:
    """Say if there is no such weight."""
    known = {
        "style_weight": asked.limits.weights,
        "weirdness": asked.limits.weights,
        "lyrics_weight": asked.limits.lyrics_weight,
        "audio_weight": asked.limits.audio_weight,
    }
    strange = [
        name for name, is_known in known.items() if not is_known and asked.wish(name) is not None
    ]
    if not strange:
        return ""
    if not any(known.values()):
        return f"{asked.who} knows no weights. Leave them as they are."
    return f"{asked.who} does not know {strange[0].replace('_', ' ')}. Leave it as it is."


def variety(asked: Asked) -> str:
    """Say if takes cannot be asked to differ, or not so much."""
    wish, most = asked.wish("variety"), asked.limits.variety
    if wish is None:
        return ""
    if most is None:
        return f"{asked.who} does not let one choose how much takes differ. Leave it open."
    return f"{asked.who} lets takes differ by at most {most}, not {wish}." if wish > most else ""


def seed(asked: Asked) -> str:
    """Say if a seed means nothing."""
    if asked.wish("seed") is None or asked.limits.seed:
        return ""
    return f"{asked.who} cannot repeat a seed. Leave it empty."


def persona(asked: Asked) -> str:
    """Say if this persona cannot sing."""
    if not asked.wish("persona"):
        return ""
    if not asked.limits.persona:
        return f"{asked.who} cannot let a persona sing this. Choose another model, or none."
    if asked.persona is not None and asked.persona.connection != asked.connection:
        return (
            f"{asked.persona.name} is known at {asked.persona.connection} only. Choose that "
            "connection, or another persona."
        )
    return ""


def form(asked: Asked) -> str:
    """Say if there are no such sections."""
    names = asked.limits.sections
    strange = [part.name for part in asked.wish("sections") or () if part.name not in names]
    if not strange:
        return ""
    if not names:
        return f"{asked.who} does not let one choose the form. Leave the sections out."
    return f"{asked.who} has no section {strange[0]!r}. It has: {', '.join(names)}."


def choices(asked: Asked) -> str:
    """Say if that is not on the maker's lists."""
    for name, chosen in (asked.wish("choices") or {}).items():
        choice = asked.limits.choices.get(name)
        if choice is None:
            return f"{asked.who} does not let one choose {name}. Leave it out."
        strange = [option for option in chosen if option not in choice.options]
        if strange:
            return f"{asked.who} has no {name} {strange[0]!r}. Choose one from its list."
        if len(chosen) > choice.most:
            return f"{asked.who} takes at most {choice.most} of {name}, this has {len(chosen)}."
    return ""


def variation(asked: Asked) -> str:
    """Say if there is no such variation."""
    variation, known = asked.wish("variation"), asked.limits.variations
    if variation is None or variation in known:
        return ""
    if not known:
        return f"{asked.who} does not let one choose a variation. Leave it open."
    return f"{asked.who} has no variation {variation!r}. It has: {', '.join(known)}."


def formats(asked: Asked) -> str:
    """Say if there are no such files."""
    known = asked.limits.formats
    strange = [one for one in asked.wish("formats") or () if known and one not in known]
    if not strange:
        return ""
    return f"{asked.who} does not give {strange[0]} files. It gives: {', '.join(known)}."
