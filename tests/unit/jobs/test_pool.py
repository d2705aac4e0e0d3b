import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rushlock.base.errors import MediaError, RushlockError, WorkerDiedError
from rushlock.base.progress import Cancelled, CancelToken
from rushlock.jobs import process
from rushlock.jobs.outcome import JobFailedError, label
from rushlock.jobs.pool import Pool, usable_cores

FUNCTIONS = Path(__file__).parent / "functions"


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.syspath_prepend(FUNCTIONS)
    import pool_jobs

    return pool_jobs


@pytest.fixture
def pool():
    with Pool(2) as pool:
        yield pool


def results(pool, function, items, **more):
    outcomes = {outcome.index: outcome for outcome in pool.run(function, items, CancelToken(), **more)}
    assert sorted(outcomes) == list(range(len(outcomes)))
    return [outcomes[index] for index in range(len(outcomes))]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        threading.Event().wait(0.01)


def test_every_item_has_one_outcome_with_its_index(pool, jobs):
    assert [outcome.value for outcome in results(pool, jobs.square, range(50))] == [n * n for n in range(50)]


def test_workers_are_started_when_needed_no_more_than_items_and_kept_for_the_next_run(jobs):
    with Pool(8) as pool:
        assert results(pool, jobs.pid, []) == []
        first = {outcome.value for outcome in results(pool, jobs.pid, [1])}
        assert len(first) == 1
        assert os.getpid() not in first
        assert {outcome.value for outcome in results(pool, jobs.pid, [1])} == first
        assert first == {worker._process.pid for worker in pool._idle}
    wait_until(lambda: not alive(*first))


def test_a_foreseen_error_comes_back_whole_and_the_rest_go_on(pool, jobs):
    outcomes = results(pool, jobs.stop_at_three, range(6))
    error = outcomes[3].error
    assert type(error) is MediaError
    assert (error.path, error.reason) == (Path("three.mov"), "it is the third")
    assert [outcome.value for outcome in outcomes] == [0, 1, 2, None, 4, 5]


def test_any_other_error_comes_back_as_a_sentence_that_names_the_item(pool, jobs, caplog):
    with caplog.at_level(logging.ERROR):
        outcomes = results(pool, jobs.fail_oddly, ["bug", "untransportable", "unpicklable", "fine"])
    assert type(outcomes[0].error) is JobFailedError
    assert str(outcomes[0].error) == "bug: KeyError: 'missing'"
    assert str(outcomes[1].error) == "untransportable: this and that"
    assert "unpicklable: TypeError" in str(outcomes[2].error)
    assert outcomes[3].value == "fine"
    assert 'return {}["missing"]' in caplog.text  # the traceback is in the log


@pytest.mark.parametrize(
    ("how", "words"), [("exit", "exit code 5"), ("kill", "memory"), ("segfault", "SIGSEGV")]
)
def test_a_worker_that_dies_costs_its_own_item_alone(pool, jobs, how, words):
    outcomes = results(pool, jobs.die, ["a", how, "b", "c", "d"])
    assert [outcome.value for outcome in outcomes] == ["a", None, "b", "c", "d"]
    assert type(outcomes[1].error) is WorkerDiedError
    assert str(outcomes[1].error).startswith(f"{how}: ")
    assert words in str(outcomes[1].error)


def test_a_worker_that_died_between_runs_is_replaced(pool, jobs):
    (first,) = [outcome.value for outcome in results(pool, jobs.pid, [1])]
    os.kill(first, signal.SIGKILL)
    pool._idle[0]._process.join()
    (second,) = [outcome.value for outcome in results(pool, jobs.pid, [1])]
    assert second not in (None, first)


def test_every_worker_may_die_and_the_run_still_ends(pool, jobs):
    outcomes = results(pool, jobs.die, ["exit"] * 4)
    assert all(type(outcome.error) is WorkerDiedError for outcome in outcomes)


def test_a_cancel_is_quick_and_leaves_no_process(pool, jobs, tmp_path):
    token = CancelToken()
    cancelled_at = []

    def cancel_once_both_run():
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        cancelled_at.append(time.monotonic())
        token.cancel()

    thread = threading.Thread(target=cancel_once_both_run)
    thread.start()
    with pytest.raises(Cancelled):
        list(pool.run(jobs.mark_and_hang, [str(tmp_path)] * 5, token))
    took = time.monotonic() - cancelled_at[0]
    thread.join()
    assert took < 1.0
    assert not any(alive(int(path.name)) for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 2


def test_a_token_raised_beforehand_starts_nothing(pool, jobs):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        next(pool.run(jobs.square, [1], token))
    assert pool._idle == []


def test_a_caller_that_stops_listening_leaves_no_process_and_may_use_the_pool_again(pool, jobs):
    run = pool.run(jobs.pid, range(10), CancelToken())
    next(run)
    run.close()
    assert len(results(pool, jobs.pid, range(3))) == 3


def test_workers_end_by_themselves_when_the_program_is_killed(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pool_jobs\n"
        "from rushlock.jobs.pool import Pool; from rushlock.base.progress import CancelToken\n"
        "list(Pool(2).run(pool_jobs.mark_and_hang, [sys.argv[2]] * 2, CancelToken()))\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code, str(FUNCTIONS), str(tmp_path)])
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    program.kill()
    program.wait()
    wait_until(lambda: not any(alive(int(path.name)) for path in tmp_path.iterdir()), seconds=5)


def test_a_script_may_use_a_pool_and_workers_do_not_run_the_script_again(tmp_path):
    script = tmp_path / "program"
    script.write_text(
        "import sys\nfrom operator import neg\nfrom rushlock.jobs.pool import Pool\n"
        "from rushlock.base.progress import CancelToken\n"
        "if __name__ == '__main__':\n"
        "    with Pool(2) as pool:\n"
        "        print(sorted(outcome.value for outcome in pool.run(neg, [1, 2, 3], CancelToken())))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[-3, -2, -1]\n", "")


def test_workers_leave_ctrl_c_to_the_program(pool, jobs):
    assert [outcome.value for outcome in results(pool, jobs.interrupt_myself, [1])] == ["still here"]


def test_workers_compute_in_one_thread_and_the_programs_own_environment_stays(pool, jobs, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert [outcome.value for outcome in results(pool, jobs.torch_threads, [1])] == [(1, "1")]
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_workers_log_through_the_program_and_a_warning_of_each_is_said_once(pool, jobs, caplog):
    with caplog.at_level(logging.INFO, logger="rushlock"):
        results(pool, jobs.warn, range(6))
    texts = [record.getMessage() for record in caplog.records if record.name == "rushlock.job"]
    assert texts.count("the same each time") == 1
    assert sorted(text for text in texts if text.startswith("number")) == [f"number {n}" for n in range(6)]


def test_large_results_pass(pool, jobs):
    assert [len(outcome.value) for outcome in results(pool, jobs.megabytes, [1, 20, 3])] == [
        n * 2**20 for n in (1, 20, 3)
    ]


def test_a_system_that_allows_no_process_ends_in_one_clear_error(pool, jobs, monkeypatch):
    def refuse(*_args):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(process._spawn.Process, "start", refuse)
    with pytest.raises(WorkerDiedError, match="temporarily unavailable"):
        list(pool.run(jobs.square, [1], CancelToken()))


def test_items_are_taken_only_as_workers_fall_free(pool, jobs):
    taken = []
    run = pool.run(jobs.square, (taken.append(n) or n for n in range(100)), CancelToken())
    next(run)
    assert len(taken) <= 4  # two in hand at first, and one more for each that ended
    run.close()


def test_no_count_given_means_the_cores_this_program_may_use():
    assert Pool().workers == usable_cores() >= 1


def test_items_are_called_by_path_or_name():
    class Clip:
        path = Path("/rushes/A001.mov")

    assert label(Clip()) == label((Clip(), 3)) == "/rushes/A001.mov"
    assert label(Path("x")) == label("x") == "x"
    assert label(5) == "5"


def test_an_items_name_may_be_chosen(pool, jobs):
    (outcome,) = results(pool, jobs.fail_oddly, ["bug"], name=lambda _: "clip 7")
    assert isinstance(outcome.error, RushlockError)
    assert str(outcome.error).startswith("clip 7: ")
