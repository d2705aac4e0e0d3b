"""All dialects by suffix. A further one is a module with a ``DIALECT`` and a line here."""

from pathlib import Path

from rushlock.base.errors import UsageError
from rushlock.export import ale, csv_file, edl, otio_file, otio_multicam, otioz_file, sync_json
from rushlock.export.aaf import dialect as aaf
from rushlock.export.dialect import Dialect
from rushlock.export.fcp7 import multiclip
from rushlock.export.fcp7 import sequence as fcp7
from rushlock.export.fcpxml import document as fcpxml
from rushlock.export.report import page
from rushlock.export.synced_sound import dialect as synced_sound

DIALECTS: dict[str, Dialect] = {
    dialect.suffix: dialect
    for dialect in (
        otio_file.DIALECT,
        otio_multicam.DIALECT,
        otioz_file.DIALECT,
        fcp7.DIALECT,
        multiclip.DIALECT,
        fcpxml.DIALECT,
        aaf.DIALECT,
        ale.DIALECT,
        edl.DIALECT,
        synced_sound.DIALECT,
        sync_json.DIALECT,
        csv_file.DIALECT,
        page.DIALECT,
    )
}


def dialect_of(destination: Path) -> Dialect:
    """Return the dialect that a file's name asks for; of ".multicam.otio" and ".otio" the longer one.

    Raises:
        UsageError: There is none for this suffix.
    """
    name = destination.name.lower()
    fitting = [suffix for suffix in DIALECTS if name.endswith(suffix)]
    if not fitting:
        raise UsageError(f"{destination.name}: Rushlock writes {', '.join(DIALECTS)}")
    return DIALECTS[max(fitting, key=len)]


def dialect_named(key: str) -> Dialect:
    """Return the dialect that people call "fcpxml" or "multicam.otio".

    Raises:
        UsageError: There is none of that name.
    """
    found = DIALECTS.get(f".{key.lower().removeprefix('.')}")
    if found is None:
        raise UsageError(f"{key}: Rushlock writes {', '.join(dialect.key for dialect in DIALECTS.values())}")
    return found
