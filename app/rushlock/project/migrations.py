"""The document's schema, as the steps that led to it.

Version n is what the first n steps make. A new document takes all of them, an older one those it lacks;
so every document has the same history, and a step once released is never changed. Values that only we
read are JSON (``records``), so that a new probe fact needs no step.

- 1: name and settings, sources, clips, unreadable files, placements, decisions.
- 2: the history of changes; when a decision was made.
- 3: clips that the user gave to another camera.
- 4: the estimates that placements rest on; decisions that accept, and that say against which clip.
"""

import sqlite3

from rushlock.base.errors import ProjectTooNewError

APPLICATION_ID = 0x52534C4B  # "RSLK": lets ``file`` and us tell a project from another SQLite file

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE facts (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE sources (position INTEGER PRIMARY KEY, record TEXT NOT NULL)",
        "CREATE TABLE clips (position INTEGER PRIMARY KEY, clip TEXT NOT NULL UNIQUE, record TEXT NOT NULL)",
        "CREATE TABLE unreadable (position INTEGER PRIMARY KEY, record TEXT NOT NULL)",
        "CREATE TABLE placements"
        " (position INTEGER PRIMARY KEY, clip TEXT NOT NULL UNIQUE, record TEXT NOT NULL)",
        "CREATE TABLE decisions (clip TEXT PRIMARY KEY, record TEXT NOT NULL)",
    ),
    (
        "CREATE TABLE changes (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, words TEXT NOT NULL)",
        "ALTER TABLE decisions ADD COLUMN decided TEXT NOT NULL DEFAULT ''",
    ),
    ("CREATE TABLE moved_clips (clip TEXT PRIMARY KEY, camera TEXT NOT NULL) WITHOUT ROWID",),
    ("CREATE TABLE estimates (position INTEGER PRIMARY KEY, record TEXT NOT NULL)",),
)

LATEST = len(_STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version that a document says it has."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection, target: int = LATEST) -> None:
    """Bring a document to a version, wholly or not at all.

    Raises:
        ProjectTooNewError: The document's version is higher than any known here.
    """
    version = version_of(connection)
    if version > LATEST:
        raise ProjectTooNewError(
            f"it was written by a newer Rushlock (document version {version}; this one reads up to {LATEST})"
        )
    if version >= target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[
            version_of(connection) : target
        ]:  # asked again: another program may have been quicker
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {target}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
