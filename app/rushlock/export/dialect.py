"""What every way of writing a sync map has in common: a suffix, a writer, an honest word on what is lost.

A dialect is a module with a ``DIALECT``. Its writer is a stage, because AAF of ten thousand clips takes
minutes and synced sound longer; most dialects are one short text and use ``as_text`` or ``as_texts``.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage, drain
from rushlock.export.atomic import write_atomically, write_bytes_atomically
from rushlock.export.delivery import Delivery

STAGE = "Writing"
_NOT_IN_NAMES = '<>:"/\\|?*'
_BLANK = ord(" ")

Writer = Callable[[Path, Delivery, CancelToken], Stage[tuple[Path, ...]]]
Losses = Callable[[Delivery], tuple[str, ...]]
Named = tuple[str, str | bytes]


def _nothing(_delivery: Delivery) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write a sync map.

    Attributes:
        name: For people: "OpenTimelineIO".
        suffix: Of its files, with the dot, lower case, unlike any other dialect's: ".multicam.otio".
        readers: Who takes it: "DaVinci Resolve, Premiere Pro".
        carries: What survives.
        loses: What this format can never say, so that nobody finds out too late.
        writer: Stage that writes a delivery to a path, or to several beside it, and returns where they lie.
        losses: What it cannot say of this very shoot, a sentence for each, known before anything is written.
        steps: How to bring it into that NLE, a sentence for each step; said after writing.
    """

    name: str
    suffix: str
    readers: str
    carries: str
    loses: str
    writer: Writer
    losses: Losses = _nothing
    steps: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What people type for it: the suffix without its dot."""
        return self.suffix.removeprefix(".")

    def export(
        self, destination: Path, delivery: Delivery, token: CancelToken | None = None
    ) -> Stage[tuple[Path, ...]]:
        """Write a delivery, every file whole or not at all, and return where they lie, the main one first.

        Raises:
            ExportError: It cannot be written.
        """
        written: tuple[Path, ...] = yield from self.writer(destination, delivery, token or CancelToken())
        return written

    def write(self, destination: Path, delivery: Delivery) -> Path:
        """Write a delivery in one go and return where the main file lies.

        Raises:
            ExportError: It cannot be written.
        """
        return drain(self.export(destination, delivery))[0]


def as_text(render: Callable[[Delivery], str | bytes]) -> Writer:
    """Return the writer of a dialect that is one text (UTF-8) or a few bytes."""
    return as_texts(lambda delivery: [("", render(delivery))])


def as_texts(render: Callable[[Delivery], Iterable[Named]], suffix: str = "") -> Writer:
    """Return the writer of a dialect that is several files: ``(what tells it apart, content)`` of each.

    "Day 3.edl" with "CAM_A" becomes "Day 3 CAM_A.edl"; what tells nothing apart ("") keeps the name. A
    suffix of two parts is to be named.
    """

    def write(destination: Path, delivery: Delivery, token: CancelToken) -> Stage[tuple[Path, ...]]:
        yield Progress(STAGE, 0, 0, destination.name, "files")
        contents = list(render(delivery))
        written: list[Path] = []
        for done, (apart, content) in enumerate(contents):
            token.check()
            path = unused(beside(destination, apart, suffix), written)
            yield Progress(STAGE, done, len(contents), path.name, "files")
            if isinstance(content, str):
                write_atomically(path, content)
            else:
                write_bytes_atomically(path, content)
            written.append(path)
        return tuple(written)

    return write


def beside(destination: Path, apart: str, suffix: str = "") -> Path:
    """Return the path of one of several files: the destination's, with a word before the suffix."""
    if not apart:
        return destination
    safe = "".join("_" if mark in _NOT_IN_NAMES or ord(mark) < _BLANK else mark for mark in apart)
    name = destination.name
    ending = len(suffix) if suffix and name.lower().endswith(suffix) else len(destination.suffix)
    stem = name[: len(name) - ending]
    return destination.with_name(f"{stem} {safe.strip('. ') or '_'}{name[len(stem) :]}")


def unused(path: Path, taken: Collection[Path]) -> Path:
    """Return a path, numbered where one of those taken is called alike on any system's disk."""
    names = {other.name.casefold() for other in taken}
    free, number = path, 2
    while free.name.casefold() in names:
        free = path.with_stem(f"{path.stem} {number}")
        number += 1
    return free
