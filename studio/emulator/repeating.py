"""Repeating: work that is done once more when a worker process died over it."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from typing import TypeVar

from studio.engine.workers import Workers

T = TypeVar("T")


def again_if_broken(
    workers: Workers, attempt: Callable[[Executor], T], cancelled: Callable[[], bool]
) -> T:
    """Let workers do something, and once more when one of them died over it."""
    executor = workers.executor
    try:
        return attempt(executor)
    except BrokenExecutor:
        if cancelled():
            raise
        workers.replace(executor)
    return attempt(workers.executor)
