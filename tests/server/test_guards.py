"""What every answer must carry, and how much of a file goes out at once."""

import pytest

from studio.guards import LARGEST_RANGE_BYTES, safe_headers, shorten


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (b"bytes=0-", b"bytes=0-1048575"),
        (b"bytes=500-", b"bytes=500-1049075"),
        (b"bytes=0-99", b"bytes=0-99"),
        (b"bytes=10-99999999", b"bytes=10-1048585"),
        (b"bytes=-500", b"bytes=-500"),
        (b"bytes=0-1,5-6", b"bytes=0-1,5-6"),
        (b"nonsense", b"nonsense"),
    ],
)
def test_range_is_cut_to_a_mebibyte(asked, given):
    assert LARGEST_RANGE_BYTES == 1024 * 1024
    assert shorten(asked) == given


def test_policy_allows_no_other_host():
    policy = safe_headers()["content-security-policy"]
    assert "http" not in policy
    assert "*" not in policy


def test_policy_allows_no_inline_script_but_streamlits_own():
    scripts = next(
        rule
        for rule in safe_headers()["content-security-policy"].split("; ")
        if rule.startswith("script-src")
    )
    assert "unsafe" not in scripts
    assert "'sha256-" in scripts
