"""Upsample tags: two rich descriptions of a sound, from a few words about it."""

from collections.abc import Sequence
from json import dumps
from pathlib import Path

from pydantic import Field

from studio.audio.tool import Facts, Options, Tool
from studio.audio.work import Work
from studio.engine.brief import Brief
from studio.engine.writing.reading import understand
from studio.engine.writing.tags import upsampled
from studio.errors import ToolUnfit


class TagsOptions(Options):
    """What to start from."""

    tags: str = Field("", max_length=1000)
    """A few words: genre, mood, instruments."""
    limit: int = Field(200, ge=40, le=1000)
    """Most characters of a result."""
    seed: int = Field(0, ge=0, lt=2**32 - 1)
    """Another number, other words."""


def write_tags(_sounds: Sequence[Path], options: TagsOptions, out: Path, work: Work) -> Facts:
    """Write both versions to `out`, a line each, or as JSON by its ending."""
    work.at(0.0, "finding words")
    tags = " ".join(options.tags.split())
    if len(tags) > options.limit:
        raise ToolUnfit(
            f"The tags are {len(tags)} characters long already, and the limit is {options.limit}. "
            "Shorten them, or raise the limit."
        )
    versions = upsampled(tags, options.seed, most=options.limit)
    facts = {
        "versions": [
            {"tags": version, "understood": understand(Brief(style=version))}
            for version in versions
        ]
    }
    as_json = out.suffix == ".json"
    text = dumps(facts, ensure_ascii=False, indent=2) if as_json else "\n".join(versions) + "\n"
    out.write_text(text, encoding="utf-8")
    return facts


TOOL = Tool(TagsOptions, write_tags, sounds=(0, 0), makes=".txt")
