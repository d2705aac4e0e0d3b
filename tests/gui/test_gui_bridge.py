import threading
import time

import pytest

from rushlock.base.errors import UsageError
from rushlock.base.progress import Cancelled, Progress
from rushlock.gui.bridge import PROGRESS_INTERVAL_S, Runner


def run_to_the_end(qtbot, runner):
    with qtbot.waitSignal(runner.ended, timeout=5000):
        runner.start()


def test_steps_arrive_in_order_and_the_last_is_never_lost(qtbot):
    def count(token):
        for n in range(2000):
            token.check()
            yield Progress("count", n + 1, 2000)
        return "all"

    seen, results = [], []
    runner = Runner(count)
    runner.progressed.connect(lambda step: seen.append(step.done))
    runner.finished.connect(results.append)
    run_to_the_end(qtbot, runner)
    assert seen == sorted(seen)
    assert seen[-1] == 2000
    assert results == ["all"]


def test_a_stage_that_yields_fast_is_heard_at_most_25_times_a_second(qtbot):
    begun = time.monotonic()

    def busy(token):
        n = 0
        while time.monotonic() - begun < 0.5:
            n += 1
            yield Progress("busy", n, 0)

    seen = []
    runner = Runner(busy)
    runner.progressed.connect(seen.append)
    run_to_the_end(qtbot, runner)
    lasted = time.monotonic() - begun
    assert 1 < len(seen) <= lasted / PROGRESS_INTERVAL_S + 2  # the first and the last are free


def test_everything_arrives_on_the_main_thread_even_in_bare_functions(qtbot):
    threads = set()

    def work(token):
        yield Progress("work", 1, 1)
        return threading.current_thread()

    runner = Runner(work)
    runner.progressed.connect(lambda _: threads.add(threading.current_thread()))
    runner.finished.connect(lambda worker: threads.add(threading.current_thread()) or threads.discard(worker))
    run_to_the_end(qtbot, runner)
    assert threads == {threading.main_thread()}


def test_cancel_stops_an_endless_stage_and_closes_it(qtbot):
    closed = threading.Event()

    def endless(token):
        try:
            while True:
                token.check()
                closed.wait(0.001)
                yield Progress("endless", 0, 0)
        finally:
            closed.set()

    outcomes = []
    runner = Runner(endless)
    runner.cancelled.connect(lambda: outcomes.append("cancelled"))
    runner.finished.connect(lambda _: outcomes.append("finished"))
    runner.failed.connect(lambda _: outcomes.append("failed"))
    runner.progressed.connect(lambda _: runner.cancel())
    run_to_the_end(qtbot, runner)
    assert outcomes == ["cancelled"]
    assert closed.is_set()


@pytest.mark.parametrize("error", [UsageError("no such rate"), ZeroDivisionError("a bug")])
def test_what_a_stage_raises_arrives_as_it_is(qtbot, error):
    def broken(token):
        yield Progress("broken", 1, 2)
        raise error

    caught = []
    runner = Runner(broken)
    runner.failed.connect(caught.append)
    run_to_the_end(qtbot, runner)
    assert caught == [error]


def test_a_stage_that_cannot_even_begin_fails_like_any_other(qtbot):
    caught = []
    runner = Runner(lambda token: 1 / 0)
    runner.failed.connect(caught.append)
    run_to_the_end(qtbot, runner)
    assert isinstance(caught[0], ZeroDivisionError)


@pytest.mark.parametrize("error", [None, ValueError("a bug"), Cancelled()])
def test_a_thread_keeps_nothing_of_how_its_stage_ended(qtbot, error):
    """Else exception, frame and thread hold each other until some thread's garbage collection."""

    def work(token):
        yield Progress("work", 1, 1)
        if error is not None:
            raise error
        return "result"

    runner = Runner(work)
    run_to_the_end(qtbot, runner)
    assert runner._thread.outcome is None


def test_a_hundred_runners_come_and_go(qtbot):
    def short(token):
        yield Progress("short", 1, 1)

    for _ in range(100):
        run_to_the_end(qtbot, Runner(short))


@pytest.mark.latency
def test_the_event_loop_keeps_turning_while_a_stage_yields_as_fast_as_it_can(qtbot, longest_gap):
    def busy(token):
        begun = time.monotonic()
        n = 0
        while time.monotonic() - begun < 0.8:
            n += sum(range(200))
            yield Progress("busy", n, 0)

    runner = Runner(busy)
    runner.start()
    assert longest_gap(0.7) < 0.05
    with qtbot.waitSignal(runner.ended, timeout=5000):
        pass
