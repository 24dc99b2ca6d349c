"""Reading: what a person's words about the sound mean to the band.

`read_brief` says what is certain from the words alone, so that it can be shown before anything
is written. `decide` lets the seed choose the rest.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from studio.engine.brief import Brief
from studio.engine.score import Key, Mode
from studio.engine.writing.chance import place, turn
from studio.engine.writing.style import Style, load_style, styles
from studio.engine.writing.theory import key_name

Voice = Literal["female", "male"]

_BPM = re.compile(r"\b(\d{2,3})\s*(?:bpm|beats per minute|schläge)", re.IGNORECASE)
_KEY = re.compile(
    r"(?<![\w'])([A-H])\s?(#|♯|b|♭|is|es|s(?=[\s-]*(?:dur|moll))|-?\s?sharp|-?\s?flat)?[\s-]*"
    r"(major|minor|maj|min|dur|moll|大调|小调|m(?![\w]))",
    re.IGNORECASE,
)
_TONES = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11}
_NOT = r"(?:\b(?:no|not|without(?: any)?|minus|ohne|kein(?:e|en)?|sans|sin)\s+|没有|不要|无)\s*"
# Every key comes, and neighbours are a fourth apart.
TONICS = (0, 5, 10, 3, 8, 1, 6, 11, 4, 9, 2, 7)
VOICES: tuple[Voice, ...] = ("female", "male")
USUAL = 0.5
"""The weirdness of a style as it is written."""
SLOWEST_BPM, FASTEST_BPM = 45.0, 200.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a brief says for certain; `None` and empty leave it to the band."""

    style: Style
    named: bool
    """Whether the style was asked for, rather than assumed."""
    tempo_bpm: float | None
    pace: float
    """-1 slow to 1 fast."""
    key: Key | None
    mode: Mode | None
    energy: float
    """-1 calm to 1 wild."""
    voice: Voice | None
    instrumental: bool
    wanted: tuple[str, ...]
    """Instruments, by the names of `players.toml`."""
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the band plays in, once everything is chosen."""

    style: Style
    tempo_bpm: float
    tempo_is_fixed: bool
    key: Key
    swing: float
    energy: float
    """-1 calm to 1 wild."""
    voice: Voice
    instrumental: bool
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@lru_cache
def vocabulary() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Return the words that the band understands, by subject and meaning."""
    text = files("studio.engine.writing").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_brief(brief: Brief) -> Wish:
    """Return what `brief` says about the sound."""
    text = f"{brief.style}\n{brief.description}".casefold()
    excluded = brief.exclude.casefold()
    heard = without_refusals(text)
    style, named = _style_of(without_refusals(brief.style.casefold()), heard)
    key = _key_of((brief.key or "").strip().capitalize())
    key = key or _key_of(f"{brief.style}\n{brief.description}")
    gloom = _lean("mood", heard, excluded, {"dark": 1.0, "bright": -1.0})
    unwanted = _mentioned("instruments", excluded) + _refused(text)
    instrumental = brief.instrumental or bool(
        _mentioned("voice", heard, ("none",)) or _refuses_singing(text, excluded)
    )
    return Wish(
        style=style,
        named=named,
        tempo_bpm=_tempo_of(brief, text),
        pace=_lean("pace", heard, excluded, {"slow": -1.0, "fast": 1.0}),
        key=key,
        mode=key.mode if key else "minor" if gloom > 0 else "major" if gloom < 0 else None,
        energy=_lean("energy", heard, excluded, {"calm": -1.0, "wild": 1.0}),
        voice=(brief.persona and brief.persona.voice) or brief.voice or _voice_of(heard),
        instrumental=instrumental,
        wanted=tuple(n for n in _mentioned("instruments", heard) if n not in unwanted),
        unwanted=unwanted,
    )


def understand(brief: Brief) -> str:
    """Say in a short line what the band reads in `brief`."""
    wish = read_brief(brief)
    pace = {-1.0: "slow", 1.0: "fast"}.get(wish.pace)
    said = [
        wish.style.words[0],
        f"{wish.tempo_bpm:g} bpm" if wish.tempo_bpm else pace,
        key_name(wish.key) if wish.key else wish.mode,
        *wish.wanted,
        *(f"no {name}" for name in wish.unwanted),
        "instrumental" if wish.instrumental else wish.voice and f"{wish.voice} voice",
    ]
    return " · ".join(word for word in said if word)


def decide(wish: Wish, brief: Brief, seed: int) -> Decision:
    """Let the seed choose what the brief leaves open."""
    style = _seasoned(wish.style, brief.weirdness)
    minor = place(seed, f"mode {style.name}") < style.minor
    mode = wish.mode or ("minor" if minor else "major")
    tonic = turn(seed, f"tonic {style.name}", TONICS)
    low, high = style.swing
    drawn: Voice = turn(seed // 3, "voice", VOICES)
    return Decision(
        style=style,
        tempo_bpm=wish.tempo_bpm or _choose_tempo(wish, brief, seed),
        tempo_is_fixed=wish.tempo_bpm is not None,
        key=wish.key or Key(tonic, mode),
        swing=round(low + place(seed, "swing") * (high - low), 3),
        energy=wish.energy,
        voice=wish.voice or drawn,
        instrumental=wish.instrumental,
        wanted=wish.wanted,
        unwanted=wish.unwanted,
    )


def _seasoned(style: Style, weirdness: float | None) -> Style:
    """Return `style` with more or fewer of its unusual turns; one half is the style's own way."""
    if weirdness is None:
        return style
    melody = style.melody
    manner = {
        "leaps": _turned(melody.leaps, weirdness),
        "syncopation": _turned(melody.syncopation, weirdness),
    }
    return style.model_copy(
        update={
            "borrowed": _turned(style.borrowed, weirdness),
            "melody": melody.model_copy(update=manner),
        }
    )


def _turned(share: float, weirdness: float) -> float:
    """Bend a share towards none at weirdness 0, and towards always at 1."""
    if weirdness <= USUAL:
        return share * (0.3 + 0.7 * weirdness / USUAL)
    return share + (1 - share) * 0.7 * (weirdness - USUAL) / USUAL


def _choose_tempo(wish: Wish, brief: Brief, seed: int) -> float:
    """Draw from the style's range: its slow end when asked to be slow, and so on."""
    low, high = wish.style.tempo
    weight = 0.5 if brief.style_weight is None else brief.style_weight
    # Close to the style: the middle of its range.
    draw = 0.5 + (place(seed, f"tempo {wish.style.name}") - 0.5) * (1.15 - 0.5 * weight)
    lean = max(-1.0, min(1.0, wish.pace + 0.4 * wish.energy))
    part = draw * (1 - abs(lean) * 0.6) + max(0.0, lean) * 0.6
    reach = (high - low) * 0.15 * lean
    return round(float(low + part * (high - low) + reach), 1)


def _style_of(tags: str, text: str) -> tuple[Style, bool]:
    """Find the style that is named; the tags come first, and in them the longest word."""
    for source in (tags, text):
        found = [
            (len(word), -place_of(word, source), style)
            for style in styles()
            for word in style.words
            if place_of(word, source) >= 0
        ]
        if found:
            return max(found, key=lambda item: item[:2])[2], True
    moods = vocabulary()["styles"]
    for name, groups in moods.items():
        if any(place_of(word, text) >= 0 for word in groups["words"]):
            return load_style(name), False
    return load_style("pop"), False


def place_of(word: str, text: str) -> int:
    """Return where `word` stands in `text` as a word of its own, or -1."""
    if not word.isascii() and not re.search(r"[a-zäöüßéèàç]", word):
        return text.find(word)
    match = _whole(word).search(text)
    return match.start() if match else -1


@lru_cache(maxsize=4096)
def _whole(word: str) -> re.Pattern[str]:
    loose = re.escape(word).replace(r"\ ", r"[\s-]?").replace(r"\-", r"[\s-]?")
    return re.compile(rf"(?<![\w]){loose}(?![\w])")


def _mentioned(subject: str, text: str, only: tuple[str, ...] = ()) -> tuple[str, ...]:
    groups = vocabulary()[subject]
    return tuple(
        name
        for name, group in groups.items()
        if (not only or name in only) and any(place_of(word, text) >= 0 for word in group["words"])
    )


def without_refusals(text: str) -> str:
    """Return a text in small letters without what it says no to: `no drums`."""
    return re.sub(_NOT + r"[\w' -]{2,14}?(?=$|[\s,.;\uff0c\u3002])", " ", text)


def _refused(text: str) -> tuple[str, ...]:
    refusals = " , ".join(re.findall(_NOT + r"([\w'-]+(?: [\w'-]+)?)", text))
    return _mentioned("instruments", refusals)


def _refuses_singing(text: str, excluded: str) -> bool:
    refusals = " , ".join(re.findall(_NOT + r"([\w'-]+)", text))
    return bool(_mentioned("voice", f"{excluded} , {refusals}", ("singing",)))


def _lean(subject: str, text: str, excluded: str, weights: dict[str, float]) -> float:
    """Weigh the words that are said against each other; what is excluded counts for the other."""
    said = sum(weights[name] for name in _mentioned(subject, text, tuple(weights)))
    unsaid = sum(weights[name] for name in _mentioned(subject, excluded, tuple(weights)))
    return max(-1.0, min(1.0, said - unsaid))


def _voice_of(text: str) -> Voice | None:
    if _mentioned("voice", text, ("female",)):
        return "female"
    return "male" if _mentioned("voice", text, ("male",)) else None


def _tempo_of(brief: Brief, text: str) -> float | None:
    match = _BPM.search(text)
    tempo = brief.tempo_bpm or (float(match.group(1)) if match else None)
    return max(SLOWEST_BPM, min(FASTEST_BPM, tempo)) if tempo else None


def _key_of(text: str) -> Key | None:
    match = _KEY.search(text)
    if not match:
        return None
    letter, bend, kind = (group or "" for group in match.groups())
    if letter == "a" and kind.casefold() not in {"dur", "moll"}:
        return None  # "A major" is a key, "a major hit" is not.
    bend = bend.casefold().strip(" -")
    step = 1 if bend in {"#", "♯", "is", "sharp"} else -1 if bend else 0
    german_b = letter.casefold() == "b" and kind.casefold() in {"dur", "moll"} and not bend
    tonic = (_TONES[letter.casefold()] + step - german_b) % 12
    minor = kind.casefold() in {"minor", "min", "m", "moll", "小调"}
    return Key(tonic, "minor" if minor else "major")
