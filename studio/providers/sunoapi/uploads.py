"""Uploads: a sound of one's own, streamed to where the vendor can work on it.

Of the vendor's three ways this is the only one that needs neither a public link nor a sound that
lies whole in memory, so the other two are not used. It names no file: the vendor then gives each
upload a name and a life of its own, where the same name twice would be one file.
"""

from pathlib import Path

from studio.errors import Doubtful, NotTaken, RequestUnfit
from studio.providers.base import Finished
from studio.providers.materials import Materials
from studio.providers.sunoapi.reading.answers import TAKEN, code_of, told_by
from studio.providers.sunoapi.reading.orders import uploaded
from studio.providers.sunoapi.reading.refusals import refuse_order
from studio.providers.wire import Answer, Wire

FOLDER = "woodshed"


def bring(wire: Wire, materials: Materials) -> Finished:
    """Send the sound itself. That is free, so after any doubt it is simply sent again.

    Raises
    ------
    RequestUnfit
        If the sound is not here.
    NotTaken, VendorRefused, AnswerUnreadable
        If it did not arrive, or nobody knows under which link.
    """
    file = materials.songs[0].file
    if file is None:
        title = materials.songs[0].song.title
        raise RequestUnfit(f"The sound of “{title}” is not here. Fetch it from its page first.")
    try:
        answer = send(wire, file)
    except Doubtful as trouble:
        raise NotTaken(str(trouble)) from trouble
    told = told_by(answer)
    if code_of(answer, told) not in TAKEN:
        refuse_order(answer, told, is_harmless=True)
    return uploaded(answer)


def send(wire: Wire, file: Path) -> Answer:
    """Post the file to the vendor's other address."""
    fields = {"uploadPath": FOLDER}
    return wire.send_form("api/file-stream-upload", fields, {"file": file}, branch="upload")
