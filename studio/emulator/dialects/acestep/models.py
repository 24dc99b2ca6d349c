"""Models: two of a server, of which one can do more, and what is told of them."""

from collections.abc import Mapping
from typing import Any

TURBO, BASE = "acestep-v15-turbo", "acestep-v15-base"
LM = "acestep-5Hz-lm-0.6B"
OF_ANY = ("text2music", "cover", "cover-nofsq", "repaint")
OF_BASE = ("lego", "extract", "complete")
SUPPORTED: Mapping[str, tuple[str, ...]] = {TURBO: OF_ANY, BASE: (*OF_ANY, *OF_BASE)}
"""Which work each can do; the usual model first."""
LOADED: Mapping[str, tuple[str, ...]] = {"both": (TURBO, BASE), "turbo": (TURBO,)}
"""By how the switch stands."""


def chosen(name: str, loaded: tuple[str, ...]) -> str:
    """Return the model that is asked for, or the usual one where that is not there."""
    return name if name in loaded else loaded[0]


def inventory(loaded: tuple[str, ...], *, has_lm: bool) -> dict[str, Any]:
    """Return what is told of the models."""
    return {
        "models": [
            {
                "name": name,
                "is_default": name == loaded[0],
                "is_loaded": True,
                "supported_task_types": list(SUPPORTED[name]),
            }
            for name in loaded
        ],
        "default_model": loaded[0],
        "lm_models": [{"name": LM, "is_loaded": has_lm}],
        "loaded_lm_model": LM if has_lm else None,
        "llm_initialized": has_lm,
    }
