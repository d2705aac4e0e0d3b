"""All dialects by suffix. A further one is a module with a ``DIALECT`` and a line here."""

from pathlib import Path

from rushlock.base.errors import UsageError
from rushlock.export import csv_file, otio_file, sync_json
from rushlock.export.dialect import Dialect
from rushlock.export.report import page

DIALECTS: dict[str, Dialect] = {
    dialect.suffix: dialect
    for dialect in (otio_file.DIALECT, sync_json.DIALECT, csv_file.DIALECT, page.DIALECT)
}


def dialect_of(destination: Path) -> Dialect:
    """Return the dialect that a file's name asks for.

    Raises:
        UsageError: There is none for this suffix.
    """
    found = DIALECTS.get(destination.suffix.lower())
    if found is None:
        raise UsageError(f"{destination.name}: Rushlock writes {', '.join(DIALECTS)}")
    return found
