"""Combinations: which fault can happen to which operation. What cannot is refused in a sentence."""

from collections.abc import Callable
from typing import NamedTuple

from studio.emulator.door import Dialect, Operation
from studio.emulator.faults import TOLD, Fault, Kind

LOSING: frozenset[Kind] = frozenset({"silent", "closed", "500", "502", "503", "504"})
"""Faults that can come over an answer after the work was taken."""
MANY = 2


class Rule(NamedTuple):
    """Where some faults can happen."""

    kinds: frozenset[Kind]
    holds: Callable[[Operation], bool]
    where: str
    """Such operations, for a sentence."""


RULES = (
    Rule(frozenset({"half"}), lambda op: op.gives_file or not op.needs_key, "that hand out a file"),
    Rule(
        frozenset({"broken"}), lambda op: op.needs_key and not op.gives_file, "that answer in JSON"
    ),
    Rule(
        frozenset({"refused", "insufficient", "failure", "timeout"}),
        lambda op: op.does_work,
        "that take work",
    ),
    Rule(
        frozenset({"partial"}),
        lambda op: op.does_work and (op.takes is None or op.takes >= MANY),
        "whose work has several takes",
    ),
    Rule(TOLD, lambda _: False, "of the kind that a vendor tells by itself"),
)


def check(fault: Fault, dialect: Dialect) -> None:
    """Return if a fault can happen where it is asked for.

    Raises
    ------
    ValueError
        If it cannot, in a sentence.
    """
    operation = next((op for op in dialect.operations if op.name == fault.operation), None)
    if operation is not None:
        _check_operation(fault, operation)
    elif fault.operation in {telling.name for telling in dialect.tellings}:
        _check_telling(fault)
    else:
        names = [op.name for op in dialect.operations] + [each.name for each in dialect.tellings]
        raise ValueError(f"No operation {fault.operation!r}. Use one of {sorted(names)}.")
    if fault.reason and fault.kind != "refused":
        raise ValueError(f"A reason belongs to 'refused', not to {fault.kind!r}. Leave it out.")
    if fault.reason and fault.reason not in dialect.reasons:
        known = f"Use one of {sorted(dialect.reasons)}." if dialect.reasons else "Leave it out."
        raise ValueError(f"{dialect.name!r} has no reason {fault.reason!r}. {known}")


def _check_operation(fault: Fault, operation: Operation) -> None:
    if operation.fidelity == "ours":
        raise ValueError(
            f"{operation.name!r} is a tool of ours, with which nothing goes wrong. "
            "Choose an operation that the vendor has."
        )
    for rule in RULES:
        if fault.kind in rule.kinds and not rule.holds(operation):
            raise ValueError(
                f"{fault.kind!r} happens to operations {rule.where}, and {operation.name!r} is "
                "none of them. Choose another fault, or another operation."
            )
    if fault.taken and not (fault.kind in LOSING and operation.does_work):
        raise ValueError(
            f"'taken' means that work was done and its answer lost; {fault.kind!r} at "
            f"{operation.name!r} is not so. Leave it out, or use one of {sorted(LOSING)} at an "
            "operation that takes work."
        )


def _check_telling(fault: Fault) -> None:
    if fault.kind not in {*TOLD, "slow"} or fault.taken:
        raise ValueError(
            f"{fault.kind!r} cannot happen to {fault.operation!r}, which the vendor tells by "
            f"itself. Use one of {sorted({*TOLD, 'slow'})}, without 'taken'."
        )
