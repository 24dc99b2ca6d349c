"""Damage: one of a vendor's samples with something in it replaced, removed, doubled or cut off."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

STATUSES = st.sampled_from([None, None, None, 200, 202, 400, 401, 404, 410, 429, 500, 503, 504])


def json_values(*words: str) -> st.SearchStrategy[Any]:
    """Return anything that may stand in JSON; `words` are those that mean something there."""
    return st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=5)
        | st.sampled_from(["http://[", "file:///etc", "1" * 5000, *words]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=6,
    )


@st.composite
def damaged(
    draw: st.DrawFn, samples: Mapping[str, dict[str, Any]], *words: str
) -> tuple[dict[str, Any], bytes]:
    """Return a sample and its body, damaged."""
    sample = samples[draw(st.sampled_from(sorted(samples)))]
    body = {"whole": json.loads(json.dumps(sample["body"]))}
    place: Any = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not (deeper and draw(st.booleans() if place is not body else st.just(value=True))):
            break
        place = place[key]
    match draw(st.sampled_from(["replaced", "removed", "doubled"])):
        case "replaced":
            place[key] = draw(json_values(*words))
        case "removed" if place is not body:
            del place[key]
        case _:
            place[key] = [place[key], place[key]]
    text = json.dumps(body["whole"]).encode()
    return sample, draw(
        st.sampled_from([text, text, text, text[: len(text) // 2], b"\xff" + text, b"[" * 100_000])
    )
