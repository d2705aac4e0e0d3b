import threading

import pytest

from rushlock.base.progress import Cancelled, CancelToken, Progress, drain


def counting(limit, token=None):
    for done in range(limit):
        if token:
            token.check()
        yield Progress("Counting", done, limit)
    return limit * 10


def outer():
    first = yield from counting(2)
    second = yield from counting(1)
    return first, second


def test_a_drained_stage_gives_its_result_and_every_step_is_reported_in_order():
    seen = []
    assert drain(counting(3), seen.append) == 30
    assert [step.done for step in seen] == [0, 1, 2]
    assert drain(counting(3)) == 30


def test_stages_are_strung_together():
    seen = []
    assert drain(outer(), seen.append) == (20, 10)
    assert [(step.done, step.total) for step in seen] == [(0, 2), (1, 2), (0, 1)]


def test_a_cancel_from_another_thread_stops_a_stage_at_its_next_check():
    token = CancelToken()
    seen = []

    def report(step):
        seen.append(step.done)
        if step.done == 4:
            thread = threading.Thread(target=token.cancel)
            thread.start()
            thread.join()

    with pytest.raises(Cancelled):
        drain(counting(1000, token), report)
    assert seen == [0, 1, 2, 3, 4]
    assert token.cancelled


def test_a_token_nobody_raised_lets_all_pass():
    token = CancelToken()
    token.check()
    assert not token.cancelled


def test_an_error_in_a_stage_reaches_the_caller():
    def failing():
        yield Progress("Failing", 0, 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drain(failing())
