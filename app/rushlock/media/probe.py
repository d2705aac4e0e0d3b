"""Read what a file is from its container, without decoding a frame or a sample.

Sources, best first: the container's streams and tags (FFmpeg), its boxes or chunks where FFmpeg is silent
(``atoms``, ``riff``, ``bwf``), and the document that a camera writes beside its clips (``sidecar``).

Decisions:
    * A file begins with its earliest picture or sound; data and cover-art streams do not count. Start times
      are the presentation times that edit lists, encoder priming and transport streams give.
    * Its timecode belongs to the first picture. ``day_seconds`` is the time of day at the file's beginning:
      the timecode's running time (see ``Timecode.seconds``: the clock that sample counts of recorders
      share), less what the sound begins earlier.
    * A file that is cut off but has its index is used as far as it goes, with a note.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.error import FFmpegError

from rushlock.base.errors import MediaError
from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode, TimecodeError
from rushlock.media.atoms import Movie, movie_facts
from rushlock.media.bwf import Broadcast, broadcast_facts
from rushlock.media.clip import MediaFile, PictureStream, SoundStream
from rushlock.media.fingerprint import fingerprint
from rushlock.media.opening import disk_reason, opened
from rushlock.media.riff import WaveChunks, wave_chunks
from rushlock.media.sidecar import Sidecar, parsed, sidecar_of
from rushlock.media.signatures import RAW, STILLS, suffix_of
from rushlock.media.streams import Streams, is_still, read_streams
from rushlock.media.tags import Device, all_tags, created, device, panasonic_xml, reel

LONGEST_S = 7 * 86_400
"""No clip lasts longer than a week; a file that claims to is damaged."""

STILL = "a still picture: nothing to sync"
_SHORT_NAMES = {"matroska": "mkv", "mpegts": "ts", "mpeg": "mpg"}


def probe(path: Path) -> MediaFile:
    """Return what a file holds.

    Raises:
        MediaError: It cannot be used; the reason is in a user's words.
    """
    if suffix_of(path.name) in STILLS:
        raise MediaError(path, STILL)
    if suffix_of(path.name) in RAW:
        raise MediaError(path, f"{RAW[suffix_of(path.name)]} cannot be read here: give its proxies instead")
    try:
        status = path.stat()
        identity = fingerprint(path)
        if not status.st_size:
            raise MediaError(path, "the file is empty (0 bytes)")
        with opened(path) as container:
            facts = _read(path, container)
    except FFmpegError as error:
        raise MediaError(path, f"damaged: {error.strerror or error}") from error
    except OSError as error:
        raise MediaError(path, disk_reason(error)) from error
    return replace(facts, size=status.st_size, modified_ns=status.st_mtime_ns, fingerprint=identity)


@dataclass(frozen=True, slots=True)
class _Sources:
    """Everything read of a file besides its streams."""

    tags: dict[str, str]
    movie: Movie
    wave: WaveChunks
    broadcast: Broadcast
    sidecar: Sidecar


def _read(path: Path, container: InputContainer) -> MediaFile:
    kind = container.format.name
    movie = movie_facts(path) if kind.startswith("mov") else Movie()
    streams = read_streams(container, movie)
    _refuse_empty(path, container, streams, movie)
    wave = wave_chunks(path) if kind == "wav" else WaveChunks()
    tags = all_tags(container)
    sources = _Sources(
        tags=tags,
        movie=movie,
        wave=wave,
        broadcast=broadcast_facts(wave, streams.sounds[0].sample_rate) if wave.chunks else Broadcast(),
        sidecar=parsed(movie.xml or panasonic_xml(tags))
        if movie.xml or panasonic_xml(tags)
        else sidecar_of(path),
    )
    return _assembled(path, _short_name(kind, tags, path), streams, sources)


def _refuse_empty(path: Path, container: InputContainer, streams: Streams, movie: Movie) -> None:
    """Raise MediaError where nothing usable is inside."""
    if streams.pictures or streams.sounds:
        return
    if is_still(container):
        raise MediaError(path, STILL)
    if movie.missing_bytes:
        raise MediaError(
            path, f"cut off: {_size(movie.missing_bytes)} of it are missing, and with them all it recorded"
        )
    if streams.notes:
        raise MediaError(path, f"nothing in it can be used: {'; '.join(dict.fromkeys(streams.notes))}")
    raise MediaError(path, "it holds neither pictures nor sound")


def _assembled(path: Path, container: str, streams: Streams, sources: _Sources) -> MediaFile:
    spans = [(p.start, p.duration) for p in streams.pictures] + [
        (s.start, s.duration) for s in streams.sounds
    ]
    begin = min(start for start, _ in spans)
    end = max(start + duration for start, duration in spans)
    picture = streams.pictures[0] if streams.pictures else None
    broadcast, tags = sources.broadcast, sources.tags
    timecode, source = _timecode(sources, picture, container)
    if end - begin > LONGEST_S:
        raise MediaError(path, f"damaged: it claims to last {float(end - begin) / 86_400:.0f} days")
    camera = _device(sources)
    return MediaFile(
        path=path,
        size=0,
        modified_ns=0,
        fingerprint="",
        container=container,
        start=begin,
        duration=end - begin,
        pictures=tuple(streams.pictures),
        sounds=_named(streams.sounds, broadcast.track_names),
        timecode=timecode,
        timecode_source=source,
        day_seconds=_day_seconds(timecode, broadcast, picture, begin),
        reel=broadcast.reel or reel(tags),
        created=_created(sources, container),
        camera_make=camera.make,
        camera_model=camera.model,
        camera_serial=camera.serial,
        scene=broadcast.scene,
        take=broadcast.take,
        family=broadcast.family or sources.sidecar.shot or tags.get("material_package_umid", ""),
        notes=(*dict.fromkeys(streams.notes), *_damage(sources)),
    )


def _timecode(
    sources: _Sources, picture: PictureStream | None, container: str
) -> tuple[Timecode | None, str]:
    """Return the start timecode and where it was found."""
    if sources.broadcast.source:
        return sources.broadcast.timecode, sources.broadcast.source
    if picture is None:
        return None, ""
    label = sources.tags.get("timecode", "")
    rate = _counting_rate(picture.rate, sources.movie.timecode_rate)
    try:
        if label:
            return Timecode.parse(label, rate), "mxf" if container == "mxf" else "tmcd"
    except TimecodeError:
        pass  # not a label of this rate: look further
    found = sources.sidecar.start_timecode(picture.rate)
    return found, "sidecar" if found else ""


def _counting_rate(picture: FrameRate, track: FrameRate | None) -> FrameRate:
    """Return the rate of a timecode track: its own, but never 30 beside a picture at 29.97.

    Tracks often state whole rates, or count half the picture's frames (30 beside 59.94).
    """
    if track is None:
        return picture
    times, rest = divmod(picture.timebase, track.timebase)
    return track if rest or not times else FrameRate(picture.fps / times)


def _day_seconds(
    timecode: Timecode | None, broadcast: Broadcast, picture: PictureStream | None, begin: Fraction
) -> Fraction | None:
    if broadcast.day_seconds is not None:
        return broadcast.day_seconds
    if timecode is None or picture is None:
        return None
    return timecode.seconds - (picture.start - begin)


def _created(sources: _Sources, container: str) -> datetime | None:
    """Return when it was recorded: a camera's own document knows the zone, bext the recorder's clock."""
    if container == "wav":
        return sources.broadcast.created
    return sources.sidecar.created or created(sources.tags)


def _device(sources: _Sources) -> Device:
    own = sources.broadcast.device.or_else(sources.sidecar.device).or_else(device(sources.tags))
    return own.or_else(Device(serial=sources.movie.serial_hash))


def _named(sounds: list[SoundStream], names: tuple[str, ...]) -> tuple[SoundStream, ...]:
    if not names or len(sounds) != 1:
        return tuple(sounds)
    return (replace(sounds[0], names=names[: sounds[0].channels]),)


def _damage(sources: _Sources) -> list[str]:
    missing = max(sources.movie.missing_bytes, sources.wave.missing_bytes)
    notes = [f"cut off: the last {_size(missing)} are missing"] if missing else []
    if sources.wave.unclosed:
        notes.append(
            "its header was never completed, as when a recorder loses power; read to the end of the file"
        )
    return notes


def _size(count: int) -> str:
    """Return a number of bytes as people say it."""
    value = float(count)
    for unit in ("bytes", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def _short_name(kind: str, tags: dict[str, str], path: Path) -> str:
    first = kind.partition(",")[0]
    if first == "mov":
        return "mov" if tags.get("major_brand", "qt").strip() == "qt" else "mp4"
    if first == "matroska" and suffix_of(path.name) == ".webm":
        return "webm"
    return _SHORT_NAMES.get(first, first)
