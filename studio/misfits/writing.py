"""Rules about what is written: its length, and what must not be missing."""

from studio.misfits.asked import Asked

NEEDED = {
    "phrase": "{who} makes a voice only from somebody who sings a phrase that it chose. Ask for "
    "the phrase first, and record it.",
}
"""How it is said that something is missing which nobody could just fill in."""
TEXTS = ("description", "style", "lyrics", "title", "exclude", "name")


def texts(asked: Asked) -> str:
    """Say if something is too long, or must not be written at all."""
    for name in TEXTS:
        length, most = len(asked.request.text(name)), getattr(asked.limits, name)
        if length and most == 0:
            return f"{asked.who} takes no {name} for this. Leave it empty."
        if most is not None and length > most:
            return (
                f"{asked.who} takes at most {most} characters of {name}, this has {length}. "
                f"Leave out {length - most}."
            )
    return ""


def needs(asked: Asked) -> str:
    """Say if something is missing without which it cannot be done."""
    for name in sorted(asked.limits.needs):
        wish = asked.wish(name)
        is_there = wish.strip() if isinstance(wish, str) else wish not in (None, (), {})
        silent = name == "lyrics" and asked.wish("instrumental")
        if not is_there and not silent:
            usual = f"{{who}} needs {name.replace('_', ' ')} for this. Fill it in."
            return NEEDED.get(name, usual).format(who=asked.who)
    return ""


def carried(asked: Asked) -> str:
    """Say if a song does not bring along what is needed of it."""
    missing = [
        name for name in sorted(asked.limits.carried) if not asked.request.text(name).strip()
    ]
    for name in () if asked.wish("instrumental") else missing:
        for song in asked.songs:
            if not getattr(song, name).strip():
                return (
                    f"{asked.who} needs the {name} of {song.title!r} for this, and the studio does "
                    "not know them. Write them down."
                )
    return ""
