"""Length: what is left out of a song that is too long, and what is played again in a short one."""

from collections.abc import Sequence
from dataclasses import replace

from studio.engine.writing.stretch import SLOW_BAR, Pace, Stretch, body_bars, frame_bars

SHORT_SOLO = 4
COUPLET = 2


def cut_down(stretches: Sequence[Stretch], bars: int) -> list[Stretch]:
    """Leave out what does not fit: from the end, but never the first verse or chorus."""
    kept = list(stretches)
    while body_bars(kept) > bars - frame_bars(bars):
        quiet = [s for s in kept if not s.phrases]
        if quiet:
            kept = _shorter_or_gone(kept, quiet[-1])
            continue
        victim = _least_missed(kept)
        if victim is None:
            break
        kept.pop(victim)
    return _fewer_lines(kept, max(1, bars - frame_bars(bars)))


def _shorter_or_gone(kept: list[Stretch], quiet: Stretch) -> list[Stretch]:
    at = len(kept) - 1 - kept[::-1].index(quiet)
    if quiet.bars > SHORT_SOLO:
        return [*kept[:at], replace(quiet, bars=SHORT_SOLO), *kept[at + 1 :]]
    return kept[:at] + kept[at + 1 :]


def _least_missed(kept: Sequence[Stretch]) -> int | None:
    """Return the place of the section to leave out next, if one can be spared."""
    firsts = {
        next((i for i, s in enumerate(kept) if s.kind == kind), -1) for kind in ("verse", "chorus")
    }
    last = len(kept) - 1 if kept and kept[-1].kind == "chorus" else -1
    spare = [i for i in range(len(kept)) if i not in firsts and i != last]
    if spare:
        return spare[-1]
    more = [i for i in range(len(kept)) if i not in firsts]
    return more[-1] if more else None


def _fewer_lines(kept: list[Stretch], bars: int) -> list[Stretch]:
    """Cut verse and chorus to fit: lines from their ends, then the verse as a whole."""
    while body_bars(kept) > bars:
        longest = max(
            range(len(kept)), key=lambda i: (len(kept[i].phrases), kept[i].kind == "verse")
        )
        stretch = kept[longest]
        if len(stretch.phrases) <= COUPLET and len(kept) > 1:
            kept = [s for s in kept if s.kind == "chorus"][:1] or kept[:1]
            continue
        if len(stretch.phrases) == 1:
            return [replace(stretch, bars=bars, bars_per_line=min(stretch.bars_per_line, bars))]
        phrases = stretch.phrases[:-1]
        kept[longest] = replace(stretch, phrases=phrases, bars=len(phrases) * stretch.bars_per_line)
    return kept


def grown(kept: list[Stretch], bars: int, pace: Pace) -> list[Stretch]:
    """Fill the bars: more choruses and solos in the middle, then intro and outro."""
    intro = next((s for s in kept if s.kind == "intro"), None)
    outro = next((s for s in kept[::-1] if s.kind == "outro"), None)
    spoken_intro = [intro] if intro and intro.phrases else []
    spoken_outro = [outro] if outro and outro.phrases else []
    body = [s for s in kept if s is not intro and s is not outro]
    fixed = sum(s.bars for s in (*spoken_intro, *spoken_outro))
    body = _repeated(body, bars - fixed, pace)
    rest = bars - fixed - sum(s.bars for s in body)
    before = 0 if rest < 3 else min(8, rest // 4 * 2 or 1)  # noqa: PLR2004 - the end needs two bars
    head = [Stretch("intro", intro.name if intro else "Intro", before)] if before else []
    tail = [Stretch("outro", "Outro", rest - before)] if rest - before else []
    if outro and not outro.phrases and tail:
        tail = [replace(tail[0], name=outro.name)]
    return head + spoken_intro + body + spoken_outro + tail


def _repeated(body: list[Stretch], bars: int, pace: Pace) -> list[Stretch]:
    """Add what a band adds when a song is to go on, and let it end on its chorus."""
    solo = Stretch("solo", "Solo", 8 if pace.bar_seconds < SLOW_BAR else 4)
    body = list(body)
    spare = bars - sum(s.bars for s in body) - _ample(bars)
    units = _units(body, solo)
    turn = misses = 0
    while units and misses < len(units):
        unit = units[turn % len(units)]
        turn += 1
        needed = sum(s.bars for s in unit)
        fits = needed <= spare and not _thrice(body, unit)
        misses = 0 if fits else misses + 1
        if fits:
            body += unit
            spare -= needed
    choruses = sum(stretch.kind == "chorus" for stretch in body)
    if spare >= solo.bars and choruses > 1 and body[-1].kind == "chorus":
        body.insert(len(body) - 1, solo)
    return body


def _thrice(body: Sequence[Stretch], unit: Sequence[Stretch]) -> bool:
    """Tell whether the same section would come three times in a row."""
    return [s.kind for s in body[-2:]] == ["chorus"] * 2 and unit[0].kind == "chorus"


def _units(body: Sequence[Stretch], solo: Stretch) -> list[tuple[Stretch, ...]]:
    """Return what may be added, in turn: things that belong together come together."""
    told = [s for s in body if s.phrases] or [s for s in body if s.kind != "solo"]
    chorus = next((s for s in told if s.kind == "chorus"), None)
    verse = next((s for s in told if s.kind != "chorus"), None)
    if not told:
        return [(Stretch("verse", "Theme", solo.bars),), (solo,)]
    if chorus is None:
        return [(solo, verse), (verse,)] if verse else []
    if verse is None:
        return [(solo, chorus), (chorus,)]
    first = [] if body[-1].kind == "chorus" else [(chorus,)]
    return [*first, (verse, chorus), (solo, chorus), (chorus,)]


def _ample(bars: int) -> int:
    """Bars that an intro and an outro like to have between them."""
    return 8 if bars > 28 else 4 if bars > 12 else 2  # noqa: PLR2004 - measured in bars
