"""Publishing: how somebody else gets at what is ours: a sound to fetch, an address to call.

A vendor on this machine is given the sound on a shelf of its own. One out on the internet gets a
signed link that ends after some hours, under the public address of this studio. Signatures are
made of one secret, which lies beside the keys, so that links outlive a restart and no list of
them is kept.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

from studio.address import LOOPBACK, public_url
from studio.backstage import Backstage
from studio.connections import Connection, Connections
from studio.errors import NotFound, NotTaken, RequestUnfit
from studio.providers.materials import Callback
from studio.providers.wire import Wire
from studio.settings import Settings

GOOD_FOR = timedelta(hours=6)
PURPOSE = "publishing"
CREATED = 201
_SIGNATURE_BYTES = 16


class Publishing:
    """What this studio lets others fetch, and where it lets them call.

    Parameters
    ----------
    settings
        Know the public address.
    connections
        Keep the secrets.
    backstage
        The vendors on this machine.
    now
        Tells the time.
    """

    def __init__(
        self,
        settings: Settings,
        connections: Connections,
        backstage: Backstage,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._connections = connections
        self._backstage = backstage
        self._now = now
        self._here: str | None = None

    def be_at(self, address: str) -> None:
        """Remember where this very process answers on this machine."""
        self._here = address.rstrip("/")

    def link(self, song_id: str, file: Path, connection: Connection) -> str:
        """Return a link from which the vendor at `connection` can fetch the sound in `file`.

        Raises
        ------
        RequestUnfit
            If there is no address at which it would reach us.
        NotTaken
            If the vendor is on this machine, and did not take the sound.
        """
        if connection.is_local:
            return self._on_the_shelf(file)
        base = self._reached_from(connection)
        if base is None:
            raise RequestUnfit(
                f"{connection.name} fetches sounds from a public link, and this studio has no "
                "public address. Set one under Settings, use a song that was made there, or "
                "choose another connection, such as the house band."
            )
        return f"{base}/published/{self.token(song_id)}{file.suffix}"

    def can_reach(self, connection: Connection) -> bool:
        """Whether the vendor at `connection` could fetch something from us."""
        return connection.is_local or self._reached_from(connection) is not None

    def token(self, song_id: str) -> str:
        """Return what lets one song be fetched for some hours."""
        ends = int((self._now() + GOOD_FOR).timestamp())
        said = f"{ends}:{song_id}".encode()
        return urlsafe_b64encode(self._signature(said) + said).decode().rstrip("=")

    def song_of(self, token: str) -> str:
        """Return the id of the song that a token is for.

        Raises
        ------
        NotFound
            If it is not one of ours, or its time is over.
        """
        try:
            padding = "=" * (-len(token) % 4)
            raw = urlsafe_b64decode(token.encode("ascii") + padding.encode())
        except (ValueError, UnicodeError):
            raw = b""
        signature, said = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        is_ours = hmac.compare_digest(signature, self._signature(said))
        if not is_ours or _encoded(raw) != token:
            raise NotFound("There is nothing at this address.")
        ends, _, song_id = said.decode().partition(":")
        if int(ends) < self._now().timestamp():
            raise NotFound("This link has ended. Ask for a new one.")
        return song_id

    def callback(self, connection: Connection) -> Callback | None:
        """Return where the vendor at `connection` may call, if it reaches us anywhere."""
        base = self._reached_from(connection)
        if base is None:
            return None
        name = quote(connection.name, safe="")
        door, signing = self._callback_secrets(connection.name)
        return Callback(url=f"{base}/callbacks/{name}/{door}", secret=signing)

    def signing_secret(self, connection: str, door: str) -> str:
        """Return the secret with which the vendor at a connection signs what it tells.

        Raises
        ------
        NotFound
            If `door` is not the secret part of its address.
        """
        known = {one.name for one in self._connections.all()}
        right, signing = self._callback_secrets(connection)
        if connection not in known or not hmac.compare_digest(right.encode(), door.encode()):
            raise NotFound("There is nothing at this address.")
        return signing

    def _reached_from(self, connection: Connection) -> str | None:
        """Return our address as the vendor sees it: a near one needs no way over the internet."""
        is_near = connection.url is None or urlsplit(connection.url).hostname in LOOPBACK
        return (self._here if is_near else None) or public_url(self._settings)

    def _on_the_shelf(self, file: Path) -> str:
        address = self._backstage.address()
        wire = Wire(address.url, address.key, who="The emulator on this machine")
        try:
            answer = wire.send_file(f"shelf?ending={file.suffix.lstrip('.')}", file)
        finally:
            wire.close()
        link = answer.members().get("link")
        if not isinstance(link, str):
            raise NotTaken(
                f"The emulator on this machine did not take the sound ({answer.status})."
            )
        return link

    def _callback_secrets(self, connection: str) -> tuple[str, str]:
        """Return what stands in the address, and what calls are signed with."""
        seed = self._connections.secret("callbacks").encode()
        door, signing = (
            hmac.new(seed, f"{purpose} of {connection}".encode(), sha256).hexdigest()[:32]
            for purpose in ("door", "signing")
        )
        return door, signing

    def _signature(self, said: bytes) -> bytes:
        secret = self._connections.secret(PURPOSE).encode()
        return hmac.new(secret, said, sha256).digest()[:_SIGNATURE_BYTES]


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
