"""A file that is being fetched: what is there of it, and the note beside it that says of what it is a part.

The note holds the address, the server's mark of the content and its size. The mark is what ``If-Range`` takes
(RFC 9110, section 13.1.5): a strong ETag, else the date of the last change, else nothing, and then nothing
can be resumed.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rushlock.base.errors import ModelError
from rushlock.nets.web_feed import Answer


@dataclass(frozen=True, slots=True)
class Note:
    """Of what a part file is a part.

    Attributes:
        url: Where it comes from.
        mark: The server's mark of the content, empty where it gave none.
        total: Bytes of the whole, None where the server does not say.
    """

    url: str
    mark: str
    total: int | None


class PartFile:
    """A part file and its note."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note_path = path.with_name(path.name + ".json")

    @property
    def length(self) -> int:
        """Bytes that are there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def whole(self, url: str) -> bool:
        """Return whether all of what the address gives is there."""
        note = self._note()
        return note is not None and note.url == url and note.total == self.length

    def resume_headers(self, url: str) -> dict[str, str]:
        """Return the headers that ask for the rest alone; none where there is nothing to go on from."""
        note, length = self._note(), self.length
        if note is None or note.url != url or not note.mark or not length:
            return {}
        return {"Range": f"bytes={length}-", "If-Range": note.mark}

    def begin(self, url: str, answer: Answer, total: int | None) -> None:
        """Empty the file and note of what it will be a part."""
        self.path.write_bytes(b"")
        self._write(Note(url, _mark(answer), total))

    def end(self, url: str) -> None:
        """Note that all is there, for servers that did not say how much would come."""
        self._write(Note(url, "", self.length))

    def forget(self) -> None:
        """Let the next attempt begin anew."""
        self._note_path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove what was fetched."""
        self.forget()
        self.path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes away while the block runs; the lock dies with its process.

        Raises:
            ModelError: Another one is at it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            if sys.platform != "win32":  # Windows: the checksum tells what two writers spoilt
                import fcntl

                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise ModelError(f"another Rushlock is fetching {self.path.stem} just now") from None
            try:
                yield
            finally:
                if not self.length:
                    self.drop()

    def _note(self) -> Note | None:
        try:
            note = Note(**json.loads(self._note_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None  # as good as none: the file is fetched from its beginning
        return note

    def _write(self, note: Note) -> None:
        draft = self._note_path.with_name(self._note_path.name + ".draft")
        draft.write_text(json.dumps(asdict(note)), encoding="utf-8")
        draft.replace(self._note_path)


def _mark(answer: Answer) -> str:
    tag = answer.headers.get("etag", "")
    return tag if tag.startswith('"') else answer.headers.get("last-modified", "")
