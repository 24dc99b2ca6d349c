"""Dates: which profile holds now, and how it is turned while the emulator runs."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from studio.emulator.dialects.aimusicapi.errors import unfit
from studio.emulator.dialects.aimusicapi.profile import PROFILES, Profile
from studio.emulator.door import Operation, read_json


class Calendar:
    """Holds the profile of now."""

    def __init__(self, name: str) -> None:
        self.now: Profile = PROFILES[name]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """How it is looked at and turned: tools of ours."""
        return (
            Operation("profile", "GET", "/profile", self.tell, fidelity="ours"),
            Operation("turn-profile", "POST", "/profile", self.turn, fidelity="ours"),
        )

    async def tell(self, _: Request) -> Response:
        """Tell which profile holds, and which there are."""
        return JSONResponse({"profile": self.now.name, "profiles": list(PROFILES)})

    async def turn(self, request: Request) -> Response:
        """Let another profile hold from now on."""
        try:
            name = (await read_json(request)).get("profile")
        except ValueError as unreadable:
            raise unfit(str(unreadable)) from unreadable
        if not isinstance(name, str) or name not in PROFILES:
            raise unfit(f"There is no profile {name!r}. Use {' or '.join(PROFILES)}.")
        self.now = PROFILES[name]
        return await self.tell(request)
