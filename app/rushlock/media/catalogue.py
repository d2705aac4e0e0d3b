"""From what the user pointed at to clips: scan, probe, join chapters, tell cameras apart.

A file that cannot be used is listed with its reason and the rest go on. The same content on two cards is
one recording: the first is kept. Who probes is the caller's business (``probe_one``), so that results may
come from a cache; it is called once for each file.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rushlock.base.errors import MediaError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.media.cameras import Override, camera_names
from rushlock.media.chapters import Recording, recordings
from rushlock.media.clip import Clip, MediaFile, Unreadable
from rushlock.media.naming import natural
from rushlock.media.overlaps import instant
from rushlock.media.scan import Found, scan

STAGE = "Reading clips"
_KEY_BYTES = 16

ProbeOne = Callable[[Path], MediaFile]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that was found.

    Attributes:
        clips: By camera, then time of day, creation time and name.
        unreadable: What cannot be used, with reasons, in the order found.
        ignored: Files that plainly are no recordings.
    """

    clips: tuple[Clip, ...]
    unreadable: tuple[Unreadable, ...]
    ignored: int = 0


def catalogue(
    paths: Sequence[Path], cameras: Sequence[Override], probe_one: ProbeOne, token: CancelToken
) -> Stage[Catalogue]:
    """Return the clips below some folders and among some files.

    Args:
        paths: As the user gave them.
        cameras: (name, path) pairs that overrule how cameras are told apart.
        probe_one: Reads one file; raises MediaError where it cannot be used. See ``probe.probe``.
        token: Checked between files.
    """
    scanned = yield from scan(paths, token)
    files, refused = yield from _probed(scanned.files, probe_one, token)
    token.check()
    clips = _clips(recordings(files), cameras, {found.path: found.given for found in scanned.files})
    return Catalogue(tuple(clips), (*scanned.unreadable, *refused), scanned.ignored)


def key_of(files: Sequence[MediaFile]) -> str:
    """Return a clip's identity: a digest over the fingerprints of its files."""
    digest = hashlib.blake2b(digest_size=_KEY_BYTES)
    for file in files:
        digest.update(bytes.fromhex(file.fingerprint))
    return digest.hexdigest()


def _probed(
    found: Sequence[Found], probe_one: ProbeOne, token: CancelToken
) -> Stage[tuple[list[MediaFile], list[Unreadable]]]:
    files: dict[str, MediaFile] = {}
    refused: list[Unreadable] = []
    for done, candidate in enumerate(found):
        token.check()
        yield Progress(STAGE, done, len(found), candidate.path.name, "files")
        try:
            file = probe_one(candidate.path)
        except MediaError as error:
            refused.append(Unreadable(candidate.path, error.reason))
            continue
        kept = files.setdefault(file.fingerprint, replace(file, path=candidate.path))
        if kept.path != candidate.path:
            refused.append(Unreadable(candidate.path, f"the same recording as {kept.path}: used once"))
    yield Progress(STAGE, len(found), len(found), "", "files")
    return list(files.values()), refused


def _clips(found: Sequence[Recording], cameras: Sequence[Override], given: dict[Path, str]) -> list[Clip]:
    names = camera_names(found, cameras)
    clips = [
        Clip(key_of(recording), name, recording, given[recording[0].path])
        for recording, name in zip(found, names, strict=True)
    ]
    return sorted(clips, key=_order)


def _order(clip: Clip) -> tuple[object, ...]:
    first = clip.files[0]
    day = first.day_seconds
    return (
        natural(clip.camera),
        day is None,
        day or 0,
        first.created is None,
        instant(first.created),
        natural(str(clip.path)),
    )
