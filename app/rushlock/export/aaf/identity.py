"""Names, identities and dates of mobs, the same at every export, so that a re-export relinks what is there.

An identity is a UMID (SMPTE ST 330) made of what a mob stands for: the content of a file, a camera's reel,
everything that lies on a sequence. A file in MXF that carries the UMID of its material keeps that, because
Media Composer knows its media by it.
"""

import re
import uuid
from datetime import UTC, datetime

from aaf2.auid import AUID
from aaf2.mobid import MobID

from rushlock.media.clip import MediaFile

_NAMESPACE = uuid.UUID("6d0f5d0e-2a0b-5d53-9a44-52757368ee01")
_UMID = re.compile(r"(?:0x)?(060a2b34[0-9a-f]{56})", re.IGNORECASE)


def mob_id(*words: str) -> MobID:
    """Return the identity of what some words name."""
    found = MobID.new()
    found.material = AUID(str(identity(*words)))
    return found


def identity(*words: str) -> uuid.UUID:
    """Return the UUID of what some words name."""
    return uuid.uuid5(_NAMESPACE, "\n".join(word.encode("utf-8", "replace").decode() for word in words))


def own_umid(file: MediaFile) -> MobID | None:
    """Return the UMID that an MXF file carries of its material, None for any other."""
    found = _UMID.fullmatch(file.family) if file.container == "mxf" else None
    return None if found is None else MobID(int=int(found[1], 16))


def recorded(file: MediaFile) -> datetime:
    """Return when a file was recorded by its camera's clock, or last written where it does not say so."""
    if file.created is not None:
        return file.created.replace(tzinfo=None, microsecond=0)
    return datetime.fromtimestamp(file.modified_ns // 10**9, UTC).replace(tzinfo=None)
