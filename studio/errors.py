"""Every exception that the studio raises.

StudioProblem                  a whole sentence for the person at the screen
├── RequestUnfit               this connection cannot take this request
├── ConnectionUnknown          no connection has this name, or it has no key
├── BudgetReached              the request would cost more than is allowed
├── NotFound                   no job or song has this id
├── JobStopped                 the job ended without songs: failed or cancelled
│   └── JobUnsure              nobody can tell whether the vendor took it: a person decides
├── AddressRefused             a link leads where the studio does not call
├── SoundUnreadable            a file is not the sound it should be
├── BriefUnplayable            the band cannot make a song of this
├── ToolUnfit                  a tool cannot do this with this sound, or not with these options
├── ExtraMissing               an optional package is not installed: which, and how to get it
└── VendorTrouble              something went wrong between us and a vendor
    ├── NotTaken               the request surely did not reach work: it may be sent again
    │   ├── Unreachable        nobody is there
    │   └── NoTurn             nothing was sent, because the vendor takes only so many calls
    ├── Doubtful               it may or may not have been taken: never sent again by itself
    ├── VendorRefused          the vendor said no, and why
    ├── RemoteUnknown          the vendor does not know this id
    ├── AnswerUnreadable       the vendor said something that we cannot read
    └── CallRefused            somebody told us something that is not surely from the vendor
"""


class StudioProblem(Exception):
    """A whole sentence for the person at the screen: what happened, then what to do."""


class RequestUnfit(StudioProblem):
    """The chosen connection cannot take the request."""


class ConnectionUnknown(StudioProblem):
    """No connection has this name, or it has no key."""


class BudgetReached(StudioProblem):
    """The request would cost more than is allowed."""


class NotFound(StudioProblem):
    """No job or song has this id."""


class JobStopped(StudioProblem):
    """The job ended without songs: failed or cancelled."""


class JobUnsure(JobStopped):
    """Nobody can tell whether the vendor took the request: a person decides."""


class AddressRefused(StudioProblem):
    """A link leads where the studio does not call."""


class SoundUnreadable(StudioProblem):
    """A file is not the sound it should be."""


class BriefUnplayable(StudioProblem):
    """The band cannot make a song of this."""


class ToolUnfit(StudioProblem):
    """A tool cannot do this with this sound, or not with these options."""


class ExtraMissing(StudioProblem):
    """An optional package is not installed; the message says which, and how to get it."""


class VendorTrouble(StudioProblem):
    """Something went wrong between us and a vendor."""


class NotTaken(VendorTrouble):
    """The request surely did not reach work, so it may be sent again.

    `retry_after` is the vendor's wish in seconds, where it has one.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unreachable(NotTaken):
    """No connection was made. Any other `NotTaken` comes from a vendor who is there, and busy."""


class NoTurn(NotTaken):
    """Nothing left this machine: the vendor's `Rate` is used up for so many seconds."""


class Doubtful(VendorTrouble):
    """The request may or may not have been taken."""


class VendorRefused(VendorTrouble):
    """The vendor said no, and why."""


class RemoteUnknown(VendorTrouble):
    """The vendor does not know this id."""


class AnswerUnreadable(VendorTrouble):
    """The vendor said something that we cannot read."""


class CallRefused(VendorTrouble):
    """Somebody told us something that is not surely from the vendor, or is too old."""
