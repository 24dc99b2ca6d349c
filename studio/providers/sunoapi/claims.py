"""Claims: what the vendor's documents say, held against the vendor as it is now.

Nothing here can begin anything: what is asked for does not exist, or lacks what is demanded first.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from studio.errors import AnswerUnreadable
from studio.providers.claims import Claim, Verdict
from studio.providers.lenient import as_number
from studio.providers.limits import Price
from studio.providers.sunoapi.reading import orders
from studio.providers.sunoapi.reading.answers import OK, code_of, told_by
from studio.providers.sunoapi.reading.refusals import words_of
from studio.providers.sunoapi.saying.posts import NOWHERE
from studio.providers.sunoapi.uploads import send
from studio.providers.wire import Answer, Wire

NOBODY = "0" * 32
"""An id like those of the vendor, of no task."""
NO_SOUND = "00000000-0000-0000-0000-000000000000"
REFUSED = frozenset({400, 404, 409, 422, 500})
TINY_WAV = (
    b"RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    b"\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x08\x00\x00\x00" + bytes(8)
)
"""Four samples of silence."""


def _balance(wire: Wire) -> Verdict:
    answer = wire.ask("GET", "api/v1/generate/credit")
    told = told_by(answer)
    holds = code_of(answer, told) == OK and as_number(told.get("data")) is not None
    return Verdict(holds=holds, found=_found(answer))


def _unknown(path: str) -> Callable[[Wire], Verdict]:
    def look(wire: Wire) -> Verdict:
        answer = wire.ask("GET", f"api/v1/{path}{NOBODY}")
        told = told_by(answer)
        holds = code_of(answer, told) == OK and told.get("data") is None
        return Verdict(holds=holds, found=_found(answer))

    return look


def _no_callback(wire: Wire) -> Verdict:
    answer = wire.ask("POST", "api/v1/wav/generate", {"taskId": NOBODY, "audioId": NO_SOUND})
    told = told_by(answer)
    holds = code_of(answer, told) in {400, 422} and "callBackUrl" in words_of(told)
    return Verdict(holds=holds, found=_found(answer))


def _no_source(wire: Wire) -> Verdict:
    body = {"taskId": NOBODY, "audioId": NO_SOUND, "callBackUrl": NOWHERE}
    answer = wire.ask("POST", "api/v1/wav/generate", body)
    told = told_by(answer)
    return Verdict(holds=code_of(answer, told) in REFUSED, found=_found(answer))


def _upload(wire: Wire) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "probe.wav"
        file.write_bytes(TINY_WAV)
        answer = send(wire, file)
    return _as_read(answer, orders.uploaded)


def _tags(wire: Wire) -> Verdict:
    answer = wire.ask("POST", "api/v1/style/generate", {"content": "slow blues"})
    return _as_read(answer, orders.tags)


def _as_read(answer: Answer, reads: Callable[[Answer], object]) -> Verdict:
    is_good = code_of(answer, told_by(answer)) == OK
    try:
        reads(answer)
    except AnswerUnreadable as problem:
        return Verdict(holds=False, found=f"{_found(answer)} {problem}")
    return Verdict(holds=is_good, found=_found(answer))


def _found(answer: Answer) -> str:
    told = told_by(answer)
    said = words_of(told)
    empty = "no data" if told.get("data") is None else "data"
    return f"Status {answer.status}, code {code_of(answer, told)}, {empty}. {said}".strip()


NULL = "code 200 and no data for an id that it does not know"
PROBES: Mapping[str, tuple[Claim, Callable[[Wire], Verdict]]] = {
    claim.name: (claim, probe)
    for claim, probe in (
        (Claim(name="balance", says="code 200 and a number of credits"), _balance),
        (Claim(name="unknown task: music", says=NULL), _unknown("generate/record-info?taskId=")),
        (Claim(name="unknown task: lyrics", says=NULL), _unknown("lyrics/record-info?taskId=")),
        (
            Claim(name="unknown task: stems", says=NULL),
            _unknown("vocal-removal/record-info?taskId="),
        ),
        (
            Claim(name="unknown task: cover images", says=NULL),
            _unknown("suno/cover/record-info?taskId="),
        ),
        (
            Claim(name="missing callback", says="code 400, “Please enter callBackUrl.”"),
            _no_callback,
        ),
        (
            Claim(name="unknown source", says="a refusal, and no task, for a song it has not"),
            _no_source,
        ),
        (Claim(name="upload", says="code 200 and a link to the file, free"), _upload),
        (
            Claim(
                name="richer style",
                says="code 200 and words for a sound",
                price=Price(amount=0.4),
            ),
            _tags,
        ),
    )
}
"""By the name of the claim, cheapest first."""
