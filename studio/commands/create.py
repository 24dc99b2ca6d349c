"""`studio create`: from a style and some words to songs on disk."""

import sys
from pathlib import Path
from threading import Event

import click
from pydantic import ValidationError

from studio.client import Studio, open_studio
from studio.commands.homecoming import bring_home
from studio.commands.listing import to_json
from studio.commands.options import data_option, settings_for
from studio.commands.telling import tell_job
from studio.errors import StudioProblem
from studio.songs import CreateSong, Voice

ASK_TIMES = 3
ASK_AGAIN_SECONDS = 1.0

EXIT_STATUS = """\b
Exit status:
  0    every take came home
  1    something else stood in the way
  2    the request cannot be understood, or not be taken by this connection
  3    the job failed or was cancelled
  4    nobody can tell whether the provider took the job: decide on the Jobs page
  5    the job ended, but not every take came home
  130  interrupted; the job goes on with the next studio
"""


@click.command(epilog=EXIT_STATUS)
@click.option("--description", default="", help="What the song is about and how it sounds.")
@click.option("--style", default="", help='Genre, mood and instruments: "pop, upbeat".')
@click.option("--lyrics", metavar="FILE|-", help="A file of words to sing; - is standard input.")
@click.option("--title", default="", help="A name for the song.")
@click.option(
    "--length",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="How long it should be.  [default: the provider's choice]",
)
@click.option("--instrumental", is_flag=True, help="No singing.")
@click.option("--voice", type=click.Choice([voice.value for voice in Voice]), help="Who sings.")
@click.option("--exclude", default="", help="What should not be heard.")
@click.option("--model", help="Which of the provider's models.")
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), help="Same request, same seed: same song."
)
@click.option("--to", metavar="CONNECTION", help="Who makes it.  [default: the default one]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also copy the songs into this folder.",
)
@click.option("--wait", is_flag=True, help="Stay until every take is home.")
@data_option
def command(
    *,
    lyrics: str | None,
    to: str | None,
    out: Path | None,
    wait: bool,
    data: Path | None,
    **wishes: object,
) -> None:
    """Make a song, and tell of it in JSON.

    With --wait, one line of JSON is printed for each song as it comes home. Without it the job
    is put down safely and printed, and this command ends: the job is carried on by the studio
    that runs with this data folder, or by the next one that does.
    """
    request = read_request(lyrics=lyrics, **wishes)
    if out is not None and not wait:
        raise click.UsageError("--out needs --wait: without it there is nothing to copy yet.")
    if out is not None:
        make_folder(out)
    with open_studio(settings_for(data), work=wait) as studio:
        if wait:
            make_sure_of_answer(studio, to or studio.default().name)
        job = studio.submit(request, to=to)
        if not wait:
            print(to_json(tell_job(job)))
            return
        sys.exit(bring_home(studio, job, out))


def make_folder(out: Path) -> None:
    """Make the folder for copies now: not after the song was paid for."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise click.UsageError(f"Songs cannot go to {out}: {problem.strerror}.") from problem


def make_sure_of_answer(studio: Studio, name: str) -> None:
    """Have `name` answer before anything is put down, since somebody waits for the song.

    A durable job would be patient for many minutes with an address where nobody lives.

    Raises
    ------
    StudioProblem
        If it does not answer, asked several times.
    """
    for attempt in range(ASK_TIMES):
        if (health := studio.test(name)).ok:
            return
        if attempt < ASK_TIMES - 1:
            Event().wait(ASK_AGAIN_SECONDS)
    raise StudioProblem(f"{health.sentence} Nothing was sent.")


def read_request(*, lyrics: str | None, **wishes: object) -> CreateSong:
    """Read the options as a request, the words from their file.

    Raises
    ------
    UsageError
        If they do not make a request.
    """
    words = "" if lyrics is None else read_words(lyrics)
    try:
        return CreateSong.model_validate({"lyrics": words, **wishes})
    except ValidationError as problem:
        first = problem.errors()[0]["msg"].removeprefix("Value error, ")
        raise click.UsageError(first) from problem


def read_words(source: str) -> str:
    """Read the words from the file `source`, or from standard input where it is `-`."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).expanduser().read_bytes()
        # Editors and `echo` end a file with a line break that nobody wrote as words.
        return raw.decode("utf-8-sig").rstrip("\r\n")
    except OSError as problem:
        raise click.UsageError(
            f"The lyrics cannot be read from {source}: {problem.strerror}."
        ) from problem
    except UnicodeDecodeError as problem:
        raise click.UsageError(f"The lyrics in {source} are not text in UTF-8.") from problem
