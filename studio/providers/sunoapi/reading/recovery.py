"""Recovery: the sounds of a task once more; of its two, the one that was asked for."""

from collections.abc import Mapping
from typing import Any

from studio.providers.base import Finished, Progress, Refused, Working
from studio.providers.lenient import as_objects, as_text
from studio.providers.sunoapi.reading.answers import OK, RUNNING, WHO, as_link
from studio.providers.sunoapi.reading.refusals import failed
from studio.songs import Attached, Finding

NAME = "recovered"
WORDS: Mapping[str, str] = {
    "no_audio_id_mappings": "It does not know any more which sounds belonged to it.",
    "account_missing": "The account that made it is gone there.",
    "get_tokens_failed": "It could not get at the account that made it. Try again later.",
    "feed_failed": "The maker of the music did not answer. Try again later.",
    "clip_error": "The maker of the music says that the sound is broken.",
    "clip_not_complete": "The sound was never finished.",
    "mango_transfer_failed": "The file could not be copied. Try again later.",
}
"""Why a sound could not be had again, in the vendor's words and ours."""


def recovered(told: Mapping[str, Any], code: int, sound: str) -> Progress:
    """Say how far it is; `sound` is the id of which one is meant, where it is known."""
    items = as_objects(told.get("data"))
    mine = [one for one in items if as_text(one.get("id")) == sound] if sound else items
    if code == RUNNING or not items:
        return Working()
    if len(mine) != 1:
        return Refused(
            reason=f"{WHO} found {len(items)} sounds and the studio cannot tell which of them this "
            "is. Give the id as “task/sound”."
        )
    return _one(mine[0], code)


def _one(item: Mapping[str, Any], code: int) -> Progress:
    link, error = as_link(item.get("audio_url")), as_text(item.get("error"))
    if as_text(item.get("status")) == "failed" or code not in {OK, RUNNING}:
        return failed(None, WORDS.get(error, error))
    if link is None:
        return Working(doing="the link to it is not there yet")
    return Finished(findings=(Finding(kind=Attached.FILE, name=NAME, link=link),))
