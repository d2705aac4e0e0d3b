"""Every failure that a user may meet, each with a sentence they can act on.

Anything else that escapes is a bug. ``str(error)`` is the sentence; ``exit_code`` is what the command line
returns.
"""

from pathlib import Path


class RushlockError(Exception):
    """Base of all errors that are shown to the user as one sentence, without a traceback."""

    exit_code = 1


class UsageError(RushlockError):
    """The command, an option or a path given does not make sense."""

    exit_code = 2


class MediaError(RushlockError):
    """One file cannot be read; the others go on."""

    exit_code = 4

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type["MediaError"], tuple[Path, str]]:
        return type(self), (self.path, self.reason)  # comes back whole from a worker process


class ProjectError(RushlockError):
    """A project document cannot be opened or written."""

    exit_code = 5


class ProjectTooNewError(ProjectError):
    """The project was written by a newer Rushlock."""


class ExportError(RushlockError):
    """A timeline or report cannot be written."""

    exit_code = 6


class WorkerDiedError(RushlockError):
    """A worker process ended without an answer (killed, out of memory)."""

    exit_code = 7


class ModelError(RushlockError):
    """A model's weights cannot be fetched, are not what they should be, or are damaged."""

    exit_code = 8


class ModelMissingError(ModelError):
    """A model is asked for that is not installed; the sentence says what it would add and how to get it."""
