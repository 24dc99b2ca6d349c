"""Our own addresses beside Streamlit's: sounds out and in, two doors for strangers, the pulse."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from studio.routes.answers import FRESH, nowhere
from studio.routes.incoming import bring, bring_link
from studio.routes.sounds import attached, attached_peaks, cover, early, peaks, sound, take, wav
from studio.routes.strangers import called, published


def routes() -> list[BaseRoute]:
    """All our addresses; what is below our prefixes and not known is said to be so.

    Without the last lines Streamlit would answer a mistyped address with its page and status 200.
    """
    return [
        Route("/health", health),
        Route("/app/own", bring, methods=["PUT"]),
        Route("/app/own/link", bring_link, methods=["POST"]),
        Route("/app/static/songs/{id}.mp3", sound),
        Route("/app/static/songs/{id}.wav", wav),
        Route("/app/static/covers/{id}.png", cover),
        Route("/app/static/peaks/{id}.json", peaks),
        Route("/app/static/attachments/{id}", attached),
        Route("/app/static/attachments/{id}/peaks.json", attached_peaks),
        Route("/app/static/early/{job}/{number:int}.mp3", early),
        Route("/app/static/takes/{job}/{number:int}.json", take),
        Route("/app/{rest:path}", nowhere),
        Route("/published/{token}", published),
        Route("/callbacks/{connection:path}/{door}", called, methods=["POST"]),
        Route("/published/{rest:path}", nowhere),
        Route("/callbacks/{rest:path}", nowhere, methods=["GET", "POST"]),
    ]


def health(_: Request) -> Response:
    """Tell that we are here."""
    return JSONResponse({"ok": True}, headers=FRESH)
