"""`studio compare`: one request to several makers, and which of their takes was liked best."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase

import click

from studio.client import Studio, open_studio
from studio.commands.create import make_sure_of_answer, read_request
from studio.commands.homecoming import HOME, INTERRUPTED, STOPPED, UNSURE
from studio.commands.listing import listing, to_json
from studio.commands.options import data_option, json_option, settings_for
from studio.commands.progress import ProgressLine
from studio.commands.telling import tell_song
from studio.comparing import Entry, costs_in_words
from studio.errors import JobStopped, JobUnsure
from studio.jobs.books.comparisons import Comparison
from studio.offer import in_words
from studio.songs import CreateSong, Song

EXIT_STATUS = """\b
Exit status:
  0    every maker is done
  1    something else stood in the way, or nobody said yes
  2    the request cannot be understood, or not be taken by one of them; nothing was sent
  3    one of the makers failed; the others' takes are told
  4    nobody can tell whether one of them took it: decide on the Jobs page
  130  interrupted; all of it goes on with the next studio
"""


@click.command(epilog=EXIT_STATUS)
@click.argument("description", default="")
@click.option("--to", multiple=True, metavar="CONNECTION", help="Who makes it; twice or more.")
@click.option("--style", default="", help='Genre, mood and instruments: "pop, upbeat".')
@click.option("--lyrics", metavar="FILE|-", help="A file of words to sing; - is standard input.")
@click.option("--title", default="", help="A name for the song.")
@click.option(
    "--length",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="How long it should be.  [default: the makers' choice]",
)
@click.option("--instrumental", is_flag=True, help="No singing.")
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), help="For those who know seeds: same, same song."
)
@click.option("--blind", is_flag=True, help="Do not tell who made what before one is chosen.")
@click.option("--yes", is_flag=True, help="Do not ask before something is paid for.")
@click.option("--list", "is_list", is_flag=True, help="Instead, list the newest comparisons.")
@click.option(
    "--choose",
    nargs=2,
    metavar="ID TAKE",
    help="Instead, keep which take of a comparison is liked best: its letter, or a song's id.",
)
@json_option
@data_option
def command(
    *,
    to: Sequence[str],
    lyrics: str | None,
    blind: bool,
    yes: bool,
    is_list: bool,
    choose: tuple[str, str] | None,
    as_json: bool,
    data: Path | None,
    **wishes: object,
) -> None:
    """Have one song made by several connections, and tell of every take in JSON.

    What each would leave out and what all of it costs is told first. A take's `gain_db` says by
    how much to turn it down so that all of them sound equally loud.
    """
    waits = not (is_list or choose)
    with open_studio(settings_for(data), work=waits) as studio:
        if is_list:
            print(_listed(studio, as_json=as_json))
        elif choose:
            _print_all(_chosen(studio, *choose))
        else:
            request = read_request(lyrics=lyrics, **wishes)
            sys.exit(_compare(studio, request, to, blind=blind, yes=yes))


def _compare(
    studio: Studio, request: CreateSong, to: Sequence[str], *, blind: bool, yes: bool
) -> int:
    entries = studio.entries(request, to)
    studio.check_entries(entries)
    _tell_costs(studio, entries)
    if not yes and not all(entry.estimate.price.is_free for entry in entries):
        click.confirm("Send it?", abort=True, err=True)
    for entry in entries:
        make_sure_of_answer(studio, entry.connection)
    comparison = studio.compare(request, to, blind=blind)
    try:
        status = _wait(studio, comparison)
    except KeyboardInterrupt:
        print(f"Comparison {comparison.id} is safe: the next studio goes on.", file=sys.stderr)
        return INTERRUPTED
    _print_all(_takes(studio, comparison))
    print(f"Keep which is best with: studio compare --choose {comparison.id} A", file=sys.stderr)
    return status


def _tell_costs(studio: Studio, entries: Sequence[Entry]) -> None:
    """Say what each would leave out and cost, and what that is together."""
    for entry in entries:
        takes = studio.offer(entry.connection).takes(entry.request)
        line = f"{entry.connection}: takes: {takes}, {in_words(entry.estimate.price)}"
        left_out = f"; leaves out {', '.join(entry.left_out)}" if entry.left_out else ""
        print(line + left_out, file=sys.stderr)
    print(f"All of it: {costs_in_words(entries)}", file=sys.stderr)


def _wait(studio: Studio, comparison: Comparison) -> int:
    """Wait for all makers, whatever becomes of one of them; return the worst of their statuses."""
    line, status = ProgressLine(sys.stderr), HOME
    for job in comparison.jobs:
        try:
            studio.wait(job, on_progress=line.show)
            line.clear()
        except (JobStopped, JobUnsure) as problem:
            line.clear()
            print(f"{studio.job(job).connection}: {problem}", file=sys.stderr)
            status = max(status, UNSURE if isinstance(problem, JobUnsure) else STOPPED)
    return status


def _takes(studio: Studio, comparison: Comparison) -> Sequence[Mapping[str, object]]:
    """Tell of every take; while nobody may know it, not who made it."""
    songs = studio.takes_of(comparison)
    gains = studio.level_gains(songs)
    return [
        {
            "comparison": comparison.id,
            "letter": letter,
            **_told(studio, song, is_open=comparison.is_open),
            "gain_db": gains.get(song.id),
            "chosen": song.id == comparison.choice,
        }
        for letter, song in zip(ascii_uppercase, songs, strict=False)
    ]


def _told(studio: Studio, song: Song, *, is_open: bool) -> Mapping[str, object]:
    told = tell_song(song, studio.sound_path(song), studio.wav_path(song))
    blind = {name: told[name] for name in ("file", "length_seconds")}
    return {**told, "cost": _cost(studio, song)} if is_open else blind


def _cost(studio: Studio, song: Song) -> str | None:
    job = studio.job(song.job)
    price = job.cost or job.estimate
    return None if price is None else in_words(price)


def _chosen(studio: Studio, comparison_id: str, take: str) -> Sequence[Mapping[str, object]]:
    """Keep a choice, and tell of every take who made it."""
    songs = studio.takes_of(studio.comparison(comparison_id))
    lettered = {letter: song.id for letter, song in zip(ascii_uppercase, songs, strict=False)}
    return _takes(studio, studio.choose(comparison_id, lettered.get(take.upper(), take)))


def _print_all(takes: Sequence[Mapping[str, object]]) -> None:
    for take in takes:
        print(to_json(take))


def _makers(studio: Studio, comparison: Comparison) -> str:
    """Name who took part: all of them, since who made which take is not said by that."""
    return ", ".join(studio.job(job).connection for job in comparison.jobs)


def _listed(studio: Studio, *, as_json: bool) -> str:
    rows = [
        {
            "id": comparison.id,
            "request": comparison.request.called,
            "makers": _makers(studio, comparison),
            "blind": comparison.is_blind,
            "choice": comparison.choice,
            "made_at": comparison.made_at.isoformat(),
        }
        for comparison in studio.comparisons()
    ]
    return listing(rows, ("id", "request", "makers", "choice"), as_json=as_json)
