"""Records: what the looks at most offshoots have in common."""

from collections.abc import Mapping
from typing import Any

from studio.emulator.dates import iso, millis
from studio.emulator.dialects.sunoapi.task import Look

PENDING, GOOD = "PENDING", "SUCCESS"


def record(look: Look, failed: str, response: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a look whose `successFlag` is a text; `response` is what came of it."""
    trouble = look.trouble
    flag = failed if trouble else GOOD if look.is_over else PENDING
    if trouble is not None and trouble.is_early:
        flag = "CREATE_TASK_FAILED"
    return {
        "taskId": look.task.id,
        "musicId": look.task.asked.get("song", ""),
        "callbackUrl": look.task.callback,
        "musicIndex": look.task.asked.get("index", 0),
        "completeTime": millis(look.over_at) if look.is_over else None,
        "response": response if look.is_good else None,
        "successFlag": flag,
        "createTime": millis(look.task.made_at),
        "errorCode": trouble.code if trouble else None,
        "errorMessage": trouble.text if trouble else None,
    }


def count(look: Look, *, going: int) -> int:
    """Return a `successFlag` that is a number: 0 waiting, 1 good, `going` under way, 3 failed."""
    if look.trouble is not None:
        return 3
    if look.is_over:
        return 1
    return going if look.task.is_planned else 0


def iso_or_none(look: Look) -> str | None:
    """Return when a task was over, if it may be told."""
    return iso(look.over_at) if look.is_over else None
