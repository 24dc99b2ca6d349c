"""The rules of the house that no linter knows: each names the files that break it."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "studio").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in SOURCES}
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for folder in ("studio", "pages", "tests", "bench", "docs", ".ci", ".streamlit")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".js", ".css", ".toml", ".md", ""} and path.is_file()
} | {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "Makefile")}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_module_says_what_it_is_in_a_sentence():
    opening = {name: (ast.get_docstring(tree) or "").split("\n")[0] for name, tree in TREES.items()}
    assert [name for name, line in opening.items() if not line.endswith((".", ":"))] == []


def test_public_things_of_engine_and_audio_say_what_they_do():
    silent = [
        f"{name}: {node.name}"
        for name, tree in TREES.items()
        if name.startswith(("studio/engine/", "studio/audio/"))
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_files_can_be_read_at_one_sitting():
    lines = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in SOURCES}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_pages_stay_shorter_still():
    lines = {
        path.name: path.read_text("utf-8").count("\n") for path in (ROOT / "pages").glob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > 120} == {}


def test_functions_have_no_long_tail():
    long = [
        f"{name}: {node.name} ({length(node)} lines)"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and length(node) > 40
    ]
    assert long == []


def length(node: Function) -> int:
    """Count the lines of a function's body; docstrings and SQL count by statement, not by line."""
    lines = node.body[-1].end_lineno - node.body[0].lineno + 1
    texts = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    return lines - sum(text.end_lineno - text.lineno for text in texts)


def test_files_are_named_for_one_thing():
    vague = {"utils", "helpers", "common", "manager", "service", "handler", "impl", "misc"}
    assert [str(path) for path in SOURCES if path.stem in vague] == []


def test_exceptions_are_swallowed_nowhere():
    swallowed = [
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(line, ast.Pass) for line in node.body)
    ]
    assert swallowed == []


def test_nothing_is_left_undone_in_writing():
    # Put together, so that this file passes its own test.
    words = re.compile("|".join(["TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b", "HA" + r"CK\b"]))
    assert [name for name, text in TEXTS.items() if words.search(text)] == []


def test_what_a_browser_reads_asks_nothing_of_other_hosts():
    outside = re.compile(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org/)")
    read = {name: text for name, text in TEXTS.items() if name.endswith((".js", ".css"))}
    assert [name for name, text in read.items() if outside.search(text)] == []


def test_pages_hold_no_functions_and_no_html():
    """A page reads top to bottom as the screen does; what is shared lives in `studio/ui`."""
    pages = {name: tree for name, tree in TREES.items() if name.startswith("pages/")}
    built = [
        f"{name}:{node.lineno}"
        for name, tree in pages.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html")
    ]
    assert built == []


def test_pages_know_only_streamlit_the_ui_and_the_vocabulary():
    known = {
        "streamlit",
        "studio",
        "studio.ui",
        "studio.songs",
        "studio.jobs.model",
        "studio.errors",
    }
    strangers = [
        f"{name}: {module}"
        for name, tree in TREES.items()
        if name.startswith("pages/")
        for module in imported(tree)
        if module not in known
        and not module.startswith("studio.ui.")
        and module.split(".")[0]
        not in sys.stdlib_module_names - {"sqlite3", "http", "urllib", "socket"}
    ]
    assert strangers == []


def imported(tree: ast.Module) -> list[str]:
    """Name the modules that a file imports."""
    return [
        module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    ]
