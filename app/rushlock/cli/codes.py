"""What the command line returns, once: for the commands, ``--help`` and the tests."""

from enum import IntEnum

from rushlock.base.errors import (
    ExportError,
    MediaError,
    ModelError,
    ProjectError,
    UsageError,
    WorkerDiedError,
)


class Exit(IntEnum):
    """Exit codes. Those of errors are declared with the errors themselves."""

    DONE = 0
    FAILED = 1
    USAGE = UsageError.exit_code
    ATTENTION = 3
    NO_MEDIA = MediaError.exit_code
    PROJECT = ProjectError.exit_code
    DISK = ExportError.exit_code
    WORKER = WorkerDiedError.exit_code
    MODEL = ModelError.exit_code
    BUG = 70
    CANCELLED = 130
    PIPE = 141


MEANINGS = {
    Exit.DONE: "every clip is placed",
    Exit.FAILED: "an error that none of the others names",
    Exit.USAGE: "the command line makes no sense, or a path on it does not exist",
    Exit.ATTENTION: "done, but clips are left for review or unsynced, files could not be read, "
    "clips lie elsewhere than in the timeline compared, or a clip's sound is off its picture",
    Exit.NO_MEDIA: "nothing readable was found",
    Exit.PROJECT: "the project cannot be opened or written",
    Exit.DISK: "a result cannot be written (disk full, no permission)",
    Exit.WORKER: "a worker process died (often: out of memory)",
    Exit.MODEL: "a model is missing, damaged or cannot be fetched",
    Exit.BUG: "a bug in Rushlock; the message names the log file",
    Exit.CANCELLED: "stopped by Ctrl-C or SIGTERM; what was finished is kept",
    Exit.PIPE: "the reader of the output went away",
}


def epilog() -> str:
    """Return the part of the help that lists the exit codes."""
    lines = [f"  {code:>3}  {meaning}" for code, meaning in MEANINGS.items()]
    return "\n".join(["exit codes:", *lines])
