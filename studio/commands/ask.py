"""`studio ask ABILITY`: anything that a provider can do, with the options of its request."""

import sys
from pathlib import Path
from typing import Any, get_args

import click

from studio.client import Studio, open_studio
from studio.commands.fields import option, read_fields, sayings_of
from studio.commands.homecoming import bring_home
from studio.commands.listing import to_json
from studio.commands.options import data_option, settings_for
from studio.commands.telling import tell_estimate, tell_job
from studio.jobs.model import Job
from studio.songs import SongRequest, Window
from studio.songs.wish import Request

REQUESTS: dict[str, type[Request]] = {
    kind.model_fields["ability"].default.replace(" ", "-"): kind
    for kind in get_args(get_args(SongRequest)[0])
}
"""What can be asked for, by how it is spelled."""
NOT_TYPED = {"ability", "sections", "choices"}
"""Lists of lists are for pages and scripts."""
SAID = {
    "source": "Id of the song that it works on.",
    "window": "A stretch of it, in seconds.",
    "audio_weight": "How much of the original is kept.",
    "name": "What to call it.",
    "title": "What to call it.",
    "tempo_bpm": "How fast it is, in beats per minute.",
    "description": "What it is like.",
    "style": "Genre, mood and instruments, in free text.",
}
"""What an option is for, where its field needs no words among its neighbours."""


class Abilities(click.Group):
    """One command for each request, with its fields as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name what can be asked for."""
        del ctx
        return list(REQUESTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of one request."""
        del ctx
        return command_for(cmd_name) if cmd_name in REQUESTS else None


@click.group(cls=Abilities)
def command() -> None:
    """Ask a provider for anything that it can do; tell of it in JSON.

    Songs and personas are named by their ids, which `studio songs --json` and `studio personas`
    tell. Sounds of your own come in with `studio bring`.
    """


def command_for(name: str) -> click.Command:
    """Make the command that asks for one ability."""
    kind = REQUESTS[name]
    said = sayings_of(kind)
    fields = {field: info for field, info in kind.model_fields.items() if field not in NOT_TYPED}
    parameters: list[click.Parameter] = [
        option(field, info, said.get(field, SAID.get(field))) for field, info in fields.items()
    ]

    @click.option("--to", metavar="CONNECTION", help="Who does it.  [default: the default one]")
    @click.option("--estimate", is_flag=True, help="Only tell what it would take and cost.")
    @click.option("--wait", is_flag=True, help="Stay until all of it is home.")
    @data_option
    def act(**told: Any) -> None:
        _ask(name, **told)

    act_options: list[click.Parameter] = getattr(act, "__click_params__", [])
    help_ = (kind.__doc__ or "").partition("\n")[0]
    return click.Command(
        name, params=[*parameters, *reversed(act_options)], callback=act, help=help_
    )


def _ask(
    name: str, /, *, to: str | None, estimate: bool, wait: bool, data: Path | None, **wishes: Any
) -> None:
    # By its place alone: a persona has a name too.
    request = _read(name, wishes)
    with open_studio(settings_for(data), work=wait and not estimate) as studio:
        if estimate:
            print(to_json(tell_estimate(studio.estimate(request, to or studio.default().name))))
            return
        job = studio.submit(request, to=to)
        if not wait:
            print(to_json(tell_job(job)))
            return
        sys.exit(_all_home(studio, job))


def _read(name: str, wishes: dict[str, Any]) -> SongRequest:
    if wishes.get("window"):
        start, end = wishes["window"]
        wishes["window"] = read_fields(Window, {"start": start, "end": end})
    request: SongRequest = read_fields(REQUESTS[name], wishes)  # type: ignore[assignment]  # one of them
    return request


def _all_home(studio: Studio, job: Job) -> int:
    """Wait for a job and for what completes it; return the worst of their statuses."""
    status = bring_home(studio, job, None)
    after = (part for part in studio.parts(job.id) if part.id not in job.needs)
    return max([status, *(bring_home(studio, part, None) for part in after)])
