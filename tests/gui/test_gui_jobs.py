"""Jobs: what ran is listed with how it ended and what to do; the window answers all the while."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rushlock.base.errors import MediaError, WorkerDiedError
from rushlock.base.progress import Progress
from rushlock.gui.jobs import Jobs
from rushlock.gui.jobs_history import MOST, OUTCOME, JobsHistory, Outcome, duration_words
from rushlock.gui.remedies import remedy_for, remedy_for_file


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.cancel()
    made.wait()


def run(qtbot, jobs, name, work):
    with qtbot.waitSignal(jobs.ended):
        jobs.start(name, work, lambda _: None)


def quick(token):
    yield Progress("Reading", 7, 7, unit="files")


def failing(error):
    def work(token):
        yield Progress("Reading", 1, 7, unit="files")
        raise error

    return work


def endless(token):
    while True:
        token.check()
        yield Progress("Reading", 3, 7, unit="files")


def outcome(history, row=0):
    return history.index(row, OUTCOME).data()


def test_each_job_is_listed_with_how_it_ended_the_latest_first(jobs, qtbot, tmp_path):
    history = JobsHistory(jobs)
    run(qtbot, jobs, "Look", quick)
    run(qtbot, jobs, "Sync", failing(MediaError(tmp_path / "A001.mov", "the file is empty (0 bytes)")))
    with qtbot.waitSignal(jobs.ended):
        jobs.start("Export", endless, lambda _: None)
        qtbot.waitUntil(lambda: history.rows[0].amount == "3 files")
        assert "running" in outcome(history)
        jobs.cancel()
    assert [ran.name for ran in history.rows] == ["Export", "Sync", "Look"]
    assert [ran.outcome for ran in history.rows] == [Outcome.STOPPED, Outcome.FAILED, Outcome.DONE]
    assert outcome(history, 2) == "done · 7 files"
    assert "A001.mov" in outcome(history, 1)
    assert "Copy it again" in outcome(history, 1)
    assert "kept" in outcome(history)


def test_only_the_last_jobs_are_kept(jobs, qtbot):
    history = JobsHistory(jobs)
    for number in range(MOST + 3):
        run(qtbot, jobs, f"Job {number}", quick)
    assert history.rowCount() == MOST
    assert history.rows[0].name == f"Job {MOST + 2}"


def test_a_failed_job_leaves_the_list_ready_for_the_next(jobs, qtbot):
    history = JobsHistory(jobs)
    run(qtbot, jobs, "Sync", failing(WorkerDiedError("a worker ended")))
    assert "fewer workers" in outcome(history)
    run(qtbot, jobs, "Sync", failing(ZeroDivisionError("oops")))
    assert "report it" in outcome(history)
    run(qtbot, jobs, "Sync", quick)
    assert history.rows[0].outcome is Outcome.DONE


def test_every_failure_has_a_remedy_and_a_sentence_that_says_so_itself_has_none_added(tmp_path):
    from rushlock.base.errors import ProjectError

    assert remedy_for(ProjectError("it may only be read; save a copy elsewhere")) == ""
    reasons = ("damaged: no header", "it became shorter while it was read: is it still being copied?", "odd")
    assert len({remedy_for_file(reason) for reason in reasons}) == len(reasons)
    assert remedy_for(MediaError(tmp_path, "odd")) == remedy_for_file("odd")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.44, "0.4 s"), (12.4, "12 s"), (185, "3 min 05 s"), (4350, "1 h 12 min")]
)
def test_durations_are_said_as_people_do(seconds, words):
    assert duration_words(seconds) == words


def test_the_list_opens_from_the_status_bar(synced_window):
    window, _ = synced_window
    button = window.foot.jobs_list
    button.click()
    assert button.list.isVisible()
    assert button.list.table.model().rowCount() == 2
    QTest.keyClick(button.list, Qt.Key.Key_Escape)
    assert not button.list.isVisible()
    assert not button.isChecked()
