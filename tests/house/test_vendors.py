"""Vendors and dialects know nobody but what is shared: told from the two lists, so that whoever is
added is held to it without a line elsewhere."""

import inspect

import grimp
import pytest

from studio.emulator.server import DIALECTS
from studio.providers import PROVIDERS
from tests.house.test_sources import TEXTS

VENDORS = {kind: inspect.getmodule(vendor).__name__ for kind, vendor in PROVIDERS.items()}
COUNTERS = [inspect.getmodule(counter).__name__ for counter in DIALECTS]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("studio")


def room_of(module, folder):
    """Return the file or folder in `folder` to which a module belongs."""
    return ".".join(module.split(".")[: folder.count(".") + 2])


def reached(graph, room):
    """Return everything that a file or folder imports, on whatever way."""
    inside = {room, *graph.find_descendants(room)}
    return {far for module in inside for far in graph.find_upstream_modules(module)} - inside


def belongs(module, room):
    return module == room or module.startswith(f"{room}.")


@pytest.mark.parametrize("kind", VENDORS)
def test_a_vendor_knows_no_other_and_nobody_below_it_knows_a_vendor(graph, kind):
    rooms = {room_of(module, "studio.providers") for module in VENDORS.values()}
    own = room_of(VENDORS[kind], "studio.providers")
    others = rooms - {own}
    assert [far for far in reached(graph, own) if any(belongs(far, room) for room in others)] == []


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_dialect_knows_no_other(graph, counter):
    rooms = {room_of(module, "studio.emulator.dialects") for module in COUNTERS}
    own = room_of(counter, "studio.emulator.dialects")
    others = rooms - {own}
    assert [far for far in reached(graph, own) if any(belongs(far, room) for room in others)] == []


def test_only_the_list_of_vendors_names_one(graph):
    rooms = {room_of(module, "studio.providers") for module in VENDORS.values()}
    named = {
        (importer, room)
        for room in rooms
        for module in {room, *graph.find_descendants(room)}
        for importer in graph.find_modules_that_directly_import(module)
        if not belongs(importer, room)
    }
    assert {importer for importer, _ in named} == {"studio.providers"}


def test_only_the_list_of_dialects_names_one(graph):
    rooms = {room_of(module, "studio.emulator.dialects") for module in COUNTERS}
    named = {
        importer
        for room in rooms
        for module in {room, *graph.find_descendants(room)}
        for importer in graph.find_modules_that_directly_import(module)
        if not belongs(importer, room)
    }
    assert named == {"studio.emulator.server"}


def test_every_file_of_a_vendor_is_of_one_that_is_listed(graph):
    shared = {
        "points",
        "addresses", "answer", "base", "claims", "lenient", "limits", "links", "materials", "wire",
    }  # fmt: skip
    rooms = {room.rpartition(".")[2] for room in graph.find_children("studio.providers")}
    listed = {room_of(module, "studio.providers").rpartition(".")[2] for module in VENDORS.values()}
    assert rooms - shared == listed


def test_no_page_and_no_shared_module_says_the_name_of_a_vendor():
    """Abilities, limits, prices and models are asked for instead."""
    words = [word for kind, vendor in PROVIDERS.items() for word in (f'"{kind}"', vendor.title)]
    known = ("studio/providers/", "studio/emulator/", "docs/", "tests/", "bench/", "README.md")
    told = {
        (name, word)
        for name, text in TEXTS.items()
        if name.endswith(".py") and not name.startswith(known)
        for word in words
        if word in text
    }
    assert {name for name, _ in told} <= {"studio/connections.py", "studio/switchboard.py"}
