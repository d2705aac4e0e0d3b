"""Work on many items in several processes: a bad item fails alone, the dead are replaced, a cancel is quick.

Written instead of ``concurrent.futures`` because that gives up all items when one worker dies, cannot
stop a job that runs, and lets workers outlive a killed parent.
"""

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, TypeVar

from rushlock.base.errors import WorkerDiedError
from rushlock.base.progress import CancelToken
from rushlock.jobs.outcome import JobFailedError, Outcome, label
from rushlock.jobs.process import WorkerProcess

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHECK_S = 0.1


@dataclass(frozen=True, slots=True)
class _Job:
    """An item in hand."""

    index: int
    name: str
    worker: WorkerProcess


class Pool:
    """Worker processes, started when the first items come and kept for further runs until the pool is closed.

    Args:
        workers: How many at most; 0: one for each core this program may use.
    """

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers or usable_cores()
        self._idle: list[WorkerProcess] = []
        self._warned: set[tuple[str, str]] = set()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, which have nothing in hand."""
        while self._idle:
            self._idle.pop().kill()

    def run(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        token: CancelToken,
        name: Callable[[Item], str] = label,
    ) -> Iterator[Outcome[Result]]:
        """Apply a function to items in worker processes and yield what comes of each, as it comes.

        Args:
            function: A module's own function, not a lambda. What it takes and returns must pickle.
            items: Taken one by one as workers fall free.
            token: Checked ten times a second while waiting. Jobs in hand are killed on a cancel, and when the
                caller closes the generator.
            name: What to call an item in an error's sentence.

        Yields:
            One outcome for each item. Its error is the RushlockError that the function raised, a
            JobFailedError for any other exception, a WorkerDiedError where the process died.

        Raises:
            Cancelled: The token was raised.
            WorkerDiedError: The system lets no further process start.
        """
        waiting = enumerate(items)
        busy: dict[Any, _Job] = {}
        try:
            token.check()
            self._feed(busy, function, waiting, name)
            while busy:
                ready = wait(list(busy), _CHECK_S)
                outcomes = [outcome for pipe in ready for outcome in self._heard(busy, pipe)]
                self._feed(busy, function, waiting, name)  # before the caller takes time over the outcomes
                for outcome in outcomes:
                    token.check()
                    yield outcome
                token.check()
        finally:
            for job in busy.values():
                job.worker.kill()

    def _feed(
        self,
        busy: dict[Any, _Job],
        function: Callable[[Item], Result],
        waiting: Iterator[tuple[int, Item]],
        name: Callable[[Item], str],
    ) -> None:
        """Hand out items while there are some and a worker is free or may be started."""
        for index, item in islice(waiting, self.workers - len(busy)):
            worker = self._hand_out(pickle.dumps((function, item)))
            busy[worker.pipe] = _Job(index, name(item), worker)

    def _hand_out(self, job: bytes) -> WorkerProcess:
        """Give a job to an idle worker, or to a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.send(job):
                return worker
            worker.kill()  # it died while idle
        try:
            worker = WorkerProcess()
        except OSError as error:
            raise WorkerDiedError(f"no worker process can be started: {error.strerror}") from error
        worker.send(job)  # where this fails, its pipe says so when it is read
        return worker

    def _heard(self, busy: dict[Any, _Job], pipe: object) -> Iterator[Outcome[Any]]:
        """Take one message from a worker and yield the outcome that it brings, if it does."""
        job = busy[pipe]
        kind, content = job.worker.message()
        if kind == "log":
            self._relay(content)
            return
        del busy[pipe]
        if kind == "died":
            job.worker.kill()
            yield Outcome(job.index, None, WorkerDiedError(f"{job.name}: {content}"))
            return
        self._idle.append(job.worker)
        if kind == "value":
            yield Outcome(job.index, content)
        elif kind == "error":
            yield Outcome(job.index, None, content)
        else:
            yield Outcome(job.index, None, JobFailedError(f"{job.name}: {content}"))

    def _relay(self, record: logging.LogRecord) -> None:
        """Log a worker's record; what every worker warns of is said once."""
        said = (record.name, record.getMessage())
        if said in self._warned:
            return
        if record.levelno >= logging.WARNING:
            self._warned.add(said)
        logger = logging.getLogger(record.name)
        if logger.isEnabledFor(record.levelno):
            logger.handle(record)


def usable_cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
