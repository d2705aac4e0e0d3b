"""``rushlock probe``: say what files' containers tell, without decoding."""

import argparse
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from rushlock.base.errors import MediaError
from rushlock.cli.codes import Exit
from rushlock.cli.text import printable
from rushlock.media.clip import MediaFile, PictureStream, SoundStream, Unreadable

_TOLD = ("reel", "camera_make", "camera_model", "camera_serial", "scene", "take", "family")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="media files")
    parser.add_argument("--json", action="store_true", help="print JSON: a list with one object a file")


def run(arguments: argparse.Namespace) -> int:
    """Probe each file; one that cannot be read is told with its reason and the rest go on."""
    found = [_probed(path) for path in arguments.files]
    if arguments.json:
        print(json.dumps([facts(file) for file in found], indent=2))
    else:
        print("\n\n".join("\n".join(_lines(file)) for file in found))
    unread = sum(isinstance(file, Unreadable) for file in found)
    if unread == len(found):
        return Exit.NO_MEDIA
    return Exit.ATTENTION if unread else Exit.DONE


def _probed(path: Path) -> MediaFile | Unreadable:
    from rushlock.media.probe import probe

    try:
        return probe(path)
    except MediaError as error:
        return Unreadable(path, error.reason)


def facts(file: MediaFile | Unreadable) -> dict[str, Any]:
    """Return what is known of a file as plain data: seconds as floats, rates as exact fractions in words."""
    if isinstance(file, Unreadable):
        return {"path": str(file.path), "error": file.reason}
    known: dict[str, Any] = {
        "path": str(file.path),
        "size": file.size,
        "fingerprint": file.fingerprint,
        "container": file.container,
        "duration": float(file.duration),
        "timecode": None if file.timecode is None else str(file.timecode),
        "timecode_source": file.timecode_source,
        "day_seconds": None if file.day_seconds is None else float(file.day_seconds),
        "created": None if file.created is None else file.created.isoformat(),
        "pictures": [_picture(stream) for stream in file.pictures],
        "sounds": [_sound(stream) for stream in file.sounds],
        "notes": list(file.notes),
    }
    return known | {name: getattr(file, name) for name in _TOLD}


def _picture(stream: PictureStream) -> dict[str, Any]:
    return {
        "codec": stream.codec,
        "width": stream.width,
        "height": stream.height,
        "rate": str(stream.rate),
        "rate_exact": str(stream.rate.fps),
        "variable": stream.variable,
        "frames": stream.frames,
        "start": float(stream.start),
        "duration": float(stream.duration),
        "rotation": stream.rotation,
    }


def _sound(stream: SoundStream) -> dict[str, Any]:
    return {
        "codec": stream.codec,
        "sample_rate": stream.sample_rate,
        "channels": stream.channels,
        "layout": stream.layout,
        "start": float(stream.start),
        "duration": float(stream.duration),
        "names": list(stream.names),
    }


def _lines(file: MediaFile | Unreadable) -> Iterator[str]:
    """Yield a file's facts for people, leaving out what the container does not say."""
    yield printable(str(file.path))
    told = _unread_facts(file) if isinstance(file, Unreadable) else _read_facts(file)
    yield from (f"  {subject:<10} {printable(words)}" for subject, words in told if words)


def _unread_facts(file: Unreadable) -> Iterator[tuple[str, str]]:
    yield "not read", file.reason


def _read_facts(file: MediaFile) -> Iterator[tuple[str, str]]:
    yield "container", f"{file.container}, {_seconds(file.duration)}, {file.size / 1e6:.1f} MB"
    for picture in file.pictures:
        yield "picture", _picture_words(picture)
    for sound in file.sounds:
        yield "sound", _sound_words(sound)
    if file.timecode is not None:
        yield "timecode", f"{file.timecode} at {file.timecode.rate} ({file.timecode_source})"
    yield "created", "" if file.created is None else file.created.isoformat(" ")
    yield "reel", file.reel
    yield (
        "camera",
        " ".join(word for word in (file.camera_make, file.camera_model, file.camera_serial) if word),
    )
    yield "take", " ".join(word for word in (file.scene, file.take) if word)
    for note in file.notes:
        yield "note", note


def _picture_words(stream: PictureStream) -> str:
    pace = " (variable)" if stream.variable else ""
    turned = f", turned {stream.rotation} degrees" if stream.rotation else ""
    return f"{stream.codec} {stream.width}x{stream.height} {stream.rate} fps{pace}{turned}"


def _sound_words(stream: SoundStream) -> str:
    names = f" ({', '.join(stream.names)})" if stream.names else ""
    channels = f"{stream.channels} channel{'' if stream.channels == 1 else 's'}"
    return f"{stream.codec} {stream.sample_rate} Hz, {channels}{names}"


def _seconds(length: Fraction) -> str:
    return f"{float(length):.3f} s"
