"""What a person can do about a file that could not be used, or a job that failed: one sentence for each."""

from rushlock.base.errors import MediaError, ModelError, RushlockError, WorkerDiedError
from rushlock.gui.words import tr


def remedy_for_file(reason: str) -> str:
    """Return what to do about a file, by the reason for which it was left out."""
    said = reason.casefold()
    for words, advice in _for_files():
        if any(word in said for word in words):
            return advice
    return tr("remedy", "If it plays elsewhere, convert it to ProRes or H.264 and add that.")


def remedy_for(error: BaseException) -> str:
    """Return what to do about a failure; empty where its own sentence says so."""
    if isinstance(error, MediaError):
        return remedy_for_file(error.reason)
    if isinstance(error, WorkerDiedError):
        return tr("remedy", "Close other programs or set fewer workers, then sync again: what is done stays.")
    if isinstance(error, ModelError):
        return tr("remedy", "Open Sync > Models to install or repair it, or sync without it.")
    if isinstance(error, RushlockError):
        return ""
    return tr("remedy", "A fault in Rushlock: what was done so far is kept. Try again, and report it.")


def _for_files() -> list[tuple[tuple[str, ...], str]]:
    return [
        (("same recording",), tr("remedy", "Nothing: it is there already.")),
        (("while it was read",), tr("remedy", "Wait until it is copied, then sync again.")),
        (("proxies",), tr("remedy", "Add its proxies instead.")),
        (("empty", "cut off"), tr("remedy", "Copy it again from the card, then sync again.")),
        (
            ("damaged", "no longer there"),
            tr("remedy", "Copy it again from the card; if it is so there too, have it repaired."),
        ),
        (
            ("permission", "cannot be read: "),
            tr("remedy", "Look whether you may read it."),
        ),
        (("neither a file", "no such file"), tr("remedy", "Look whether its drive is there.")),
    ]
