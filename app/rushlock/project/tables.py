"""Our values in the document's tables: single facts by name, lists by position, records by clip."""

from collections.abc import Iterable
from typing import TypeVar

from rushlock.base.errors import ProjectError
from rushlock.project.records import RecordError, read
from rushlock.project.storage import Storage

T = TypeVar("T")


class Tables:
    """Reads values any time; writes them inside a change of the storage."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def fact(self, name: str) -> str | None:
        """Return the record of a single fact, None where it was never set."""
        rows = self._storage.rows("SELECT record FROM facts WHERE name = ?", name)
        return rows[0][0] if rows else None

    def set_fact(self, name: str, record: str) -> None:
        """Set a single fact."""
        self._storage.execute("INSERT OR REPLACE INTO facts (name, record) VALUES (?, ?)", name, record)

    def all(self, kind: type[T], table: str) -> tuple[T, ...]:
        """Return all values of a list."""
        rows = self._storage.rows(f"SELECT record FROM {table} ORDER BY position")
        return tuple(self.read(kind, text) for (text,) in rows)

    def one(self, kind: type[T], table: str, clip: str) -> T | None:
        """Return what a table holds of a clip, if anything."""
        rows = self._storage.rows(f"SELECT record FROM {table} WHERE clip = ?", clip)
        return self.read(kind, rows[0][0]) if rows else None

    def fill(self, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Replace all of a list. ``columns`` are those beside the position."""
        marks = ", ".join("?" for _ in columns.split(","))
        self._storage.execute(f"DELETE FROM {table}")
        self._storage.execute_all(
            f"INSERT INTO {table} (position, {columns}) VALUES (?, {marks})",
            ((position, *row) for position, row in enumerate(rows)),
        )

    def read(self, kind: type[T], text: str) -> T:
        """Return a value from its record.

        Raises:
            ProjectError: The record is damaged.
        """
        try:
            return read(kind, text)
        except RecordError as error:
            raise ProjectError(f"{self._storage.path}: it is damaged ({error})") from error
