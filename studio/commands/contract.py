"""What `studio doctor --contract` tells: claim by claim, what is documented and what was found."""

from typing import Any

from studio.client import open_studio
from studio.commands.listing import table, to_json
from studio.contracts import Result
from studio.offer import in_words
from studio.settings import Settings

HOLDS = {True: "yes", False: "NO", None: "?"}
DIFFERS = 1


def hold_to_contract(settings: Settings, name: str, *, spend: bool, as_json: bool) -> int:
    """Try the claims of a connection's vendor, print what came of it, and return the status."""
    with open_studio(settings, work=False) as studio:
        title = studio.offer(name).title
        results = studio.examine(name, spend=spend)
    tried = [one for one in results if one.verdict is not None and (spend or _is_free(one))]
    rows = [tell_result(one) for one in results]
    if as_json:
        print(to_json(rows))
    elif rows:
        shown = [row | {"holds": HOLDS[row["holds"]]} for row in rows]
        print(table(shown, ("claim", "documented", "found", "holds", "costs")))
    else:
        print(f"{title} makes no claims that the studio could try.")
    differs = any(one.verdict and one.verdict.holds is False for one in tried)
    is_silent = bool(tried) and all(one.verdict and one.verdict.holds is None for one in tried)
    return DIFFERS if differs or is_silent else 0


def tell_result(result: Result) -> dict[str, Any]:
    """Tell of a claim: what is documented, and what was found when it was tried last."""
    verdict = result.verdict
    return {
        "claim": result.claim.name,
        "documented": result.claim.says,
        "found": verdict.found if verdict else "not tried: it costs something",
        "holds": verdict.holds if verdict else None,
        "costs": in_words(result.claim.price),
        "at": result.at.isoformat() if result.at else None,
    }


def _is_free(result: Result) -> bool:
    return result.claim.price.is_free
