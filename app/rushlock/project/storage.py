"""The SQLite file under a project: opening, transactions, copies, and its errors as sentences.

The journal is a rollback journal, not a write-ahead log: projects lie on network drives, where the log's
shared memory does not work, and people copy a project while it is open, and the log's file beside it
would be left behind with the last changes in it. ``synchronous=FULL`` puts each change on the disk before
it counts as made. So a kill or a power cut at any moment costs the change in hand at most.

Locks are held for the length of a change. Another program that writes at the same time is waited for a
quarter of a second, then the change is refused with a sentence.
"""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rushlock.base.errors import ProjectError, ProjectTooNewError
from rushlock.project.migrations import APPLICATION_ID, LATEST, migrate, version_of

_BUSY_S = 0.5
_BUSY = "another program is writing to it; try again in a moment"

_SENTENCES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: "it is not a Rushlock project",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_FULL: "the disk is full; the change was not made",
    sqlite3.SQLITE_READONLY: "it may only be read; the change was not made",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk or the network failed while reading or writing it",
}


class Storage:
    """An open project file. Belongs to the thread that opened it.

    Attributes:
        path: The file.
        read_only: Whether no change can be made, because of the file's or the folder's permissions.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection

    @classmethod
    def create(cls, path: Path) -> "Storage":
        """Make a new document, which appears whole or not at all, and open it.

        Raises:
            ProjectError: There is a file already, or the folder cannot be written.
        """
        if path.exists():
            raise ProjectError(f"{path}: there is a file of this name already")
        with _beside(path) as part:
            connection = _connected(part)
            try:
                migrate(connection)
            finally:
                connection.close()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> "Storage":
        """Open a document, bringing an older one up to date; read-only where it cannot be written.

        Raises:
            ProjectError: It is missing, damaged or no project.
            ProjectTooNewError: A newer Rushlock wrote it.
        """
        if not path.is_file():
            raise ProjectError(f"{path}: there is no such project")
        read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        with _spoken(path):
            connection = _connected(path, read_only=read_only)
            try:
                _examine(path, connection)
                if read_only and version_of(connection) < LATEST:
                    connection = _in_memory(connection)
                _bring_up_to_date(path, connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, read_only=read_only)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with _spoken(self.path):
            return self._connection.execute(query, values).fetchall()

    def execute(self, statement: str, *values: object) -> None:
        """Run a statement inside a change."""
        self._connection.execute(statement, values)

    def execute_all(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement inside a change, once for each row of values."""
        self._connection.executemany(statement, rows)

    @contextlib.contextmanager
    def change(self, words: str) -> Iterator[None]:
        """Make everything inside one change: on the disk at the end, or nothing of it.

        Args:
            words: What the history says of it.

        Raises:
            ProjectError: The document cannot be written now.
        """
        if self.read_only:
            raise ProjectError(f"{self.path}: it may only be read; save a copy elsewhere to go on")
        with _spoken(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._note(words)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # some errors roll back by themselves
                    self._connection.execute("ROLLBACK")
                raise

    def copy_to(self, path: Path) -> None:
        """Write a copy, which replaces an older file only once it is whole and on the disk.

        Raises:
            ProjectError: It cannot be written.
        """
        with _spoken(path), _beside(path) as part:
            copy = _connected(part)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()

    def _note(self, words: str) -> None:
        said = words.encode("utf-8", "backslashreplace").decode()  # file names may hold undecodable bytes
        self._connection.execute("INSERT INTO changes (at, words) VALUES (?, ?)", (now(), said))


def now() -> str:
    """Return the time as a document writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _connected(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a database file that exists, with every statement its own transaction unless a change is begun."""
    address = f"{_address(path)}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(address, uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")  # a project may come from anyone
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _address(path: Path) -> str:
    """Return a path as SQLite's kind of URI, in which a Windows share stands in the path, not before it."""
    plain = path.absolute().as_posix()
    return "file://" + quote(os.fsencode(plain if plain.startswith("/") else f"/{plain}"))


def _examine(path: Path, connection: sqlite3.Connection) -> None:
    """Raise ProjectError where a file is no project or is damaged."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectError(f"{path}: {_SENTENCES[sqlite3.SQLITE_NOTADB]}")
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise ProjectError(f"{path}: {_SENTENCES[sqlite3.SQLITE_CORRUPT]}")


def _in_memory(on_disk: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a document in memory, and let go of the file."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    on_disk.backup(copy)
    on_disk.close()
    return copy


def _bring_up_to_date(path: Path, connection: sqlite3.Connection) -> None:
    try:
        migrate(connection)
    except ProjectTooNewError as error:
        raise ProjectTooNewError(f"{path}: {error}") from None


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield an empty file in the same folder; it takes the place of ``path`` at the end, if all went well."""
    part = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(4)}.part")
    try:
        part.touch(exist_ok=False)
        try:
            yield part
            _flush(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _flush(path.parent)
    except OSError as error:
        raise ProjectError(f"{path}: it cannot be written: {error.strerror}") from error


def _flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk; Windows knows that for files alone."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences about a project."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        primary = None if code is None else code & 0xFF
        raise ProjectError(f"{path}: {_SENTENCES.get(primary or 0, str(error))}") from error
