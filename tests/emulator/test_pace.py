import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.emulator.pace import Seen, read_pace

SCHEDULE = (10.0, 20.0)


def look(pace, seen, true_step, age=0.0):
    return pace.look(seen, true_step, age=age, schedule=SCHEDULE)


def steps(pace, truth):
    seen, shown = Seen(), []
    for true_step in truth:
        seen = look(pace, seen, true_step)
        shown.append(seen.step)
    return shown


def test_now_shows_the_truth_at_once():
    assert steps(read_pace("now"), [0, 2, 3]) == [0, 2, 3]


def test_looks_show_every_step_as_often_as_asked_even_when_all_is_done():
    assert steps(read_pace("looks:2"), [3] * 9) == [0, 0, 1, 1, 2, 2, 3, 3, 3]


def test_looks_never_run_ahead_of_the_truth():
    assert steps(read_pace("looks:1"), [0, 0, 0, 1, 1, 1]) == [0, 0, 0, 1, 1, 1]


def test_real_holds_each_step_back_until_its_time():
    real = read_pace("real")
    ages = (0.0, 9.9, 10.0, 19.9, 20.0)
    assert [look(real, Seen(), 2, age).step for age in ages] == [0, 0, 1, 1, 2]


def test_real_never_runs_ahead_of_the_truth():
    assert look(read_pace("real"), Seen(), 1, age=1000.0).step == 1


@given(
    pace=st.sampled_from(["now", "looks:1", "looks:3", "real"]),
    truth=st.lists(st.tuples(st.integers(0, 3), st.floats(0, 50)), max_size=30),
)
def test_no_pace_shows_an_untrue_phase_or_takes_one_back(pace, truth):
    pace, seen, age = read_pace(pace), Seen(), 0.0
    reached = 0
    for true_step, seconds in truth:
        reached, age = max(reached, true_step), age + seconds
        before, seen = seen, look(pace, seen, reached, age)
        assert before.step <= seen.step <= reached


@pytest.mark.parametrize("text", ["", "fast", "looks", "looks:0", "looks:-1", "looks:1:2", "now:1"])
def test_an_unknown_pace_is_named_with_the_known_ones(text):
    with pytest.raises(ValueError, match=r"looks:N .* or real"):
        read_pace(text)
