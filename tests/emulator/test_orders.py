import pytest

from studio.emulator.orders import BandTake, Order, OrderState, TakeState
from studio.emulator.works import Play
from studio.engine.brief import Brief

PLAY = Play(Brief())
W, P, F, X = TakeState.WAITING, TakeState.PLAYING, TakeState.FINISHED, TakeState.FAILED


def order(*states, is_cancelled=False, **more):
    takes = tuple(BandTake(number=n, seed=n, work=PLAY, state=s) for n, s in enumerate(states, 1))
    return Order(id="o", takes=takes, made_at=0, is_cancelled=is_cancelled, **more)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((W, W), OrderState.WAITING),
        ((P, W), OrderState.PLAYING),
        ((F, W), OrderState.PLAYING),
        ((X, P), OrderState.PLAYING),
        ((F, F), OrderState.FINISHED),
        ((F, X), OrderState.FINISHED),
        ((X, X), OrderState.REFUSED),
    ],
)
def test_the_state_of_an_order_is_told_from_its_takes(states, expected):
    assert order(*states).state is expected


def test_an_order_that_was_over_before_it_was_cancelled_stays_finished():
    assert order(F, F, is_cancelled=True).state is OrderState.FINISHED
    assert order(F, W, is_cancelled=True).state is OrderState.CANCELLED


def test_a_reason_is_given_only_when_nothing_came_of_it():
    failed = {"state": X, "reason": "No."}
    assert order(X, X).with_take(1, **failed).reason == "No."
    assert order(F, X).with_take(2, **failed).reason is None


def test_progress_is_the_mean_of_the_takes():
    assert order(P, W).with_take(1, progress=0.5).progress == 0.25
    assert order(F, P).with_take(2, progress=0.5).progress == 0.75


def test_a_waiting_take_is_expected_to_need_as_long_as_the_one_that_is_played():
    playing = order(P, W).with_take(1, left_seconds=6.0, began_at=100.0)
    assert playing.left_seconds(104.0) == 6 + 10


def test_nobody_knows_how_long_a_waiting_order_takes():
    assert order(W, W).left_seconds(0.0) is None
    assert order(P, W).with_take(1, began_at=0.0).left_seconds(1.0) is None
    assert order(F, F).left_seconds(0.0) == 0.0


def test_doing_names_the_take_that_is_played():
    playing = order(F, P).with_take(2, doing="singing")
    assert playing.doing == "take 2: singing"
    assert order(W, W).doing == "waiting for its turn"
