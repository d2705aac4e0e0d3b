"""What a camera or recorder wrote: files, their streams, and the clips they make.

All of it is read from containers without decoding (see ``probe``) and never changes; what Rushlock finds
out about a clip lives elsewhere. Times of streams are exact fractions of a second on the container's own
presentation clock; ``Clip`` turns them into *clip time*, which starts at 0 with the first presented frame
or sample.
"""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode


@dataclass(frozen=True, slots=True)
class SoundStream:
    """One audio stream of a file."""

    index: int
    codec: str
    sample_rate: int
    channels: int
    layout: str
    start: Fraction
    duration: Fraction
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureStream:
    """One video stream of a file. ``rate`` is nominal, snapped to a standard where it is one."""

    index: int
    codec: str
    width: int
    height: int
    rate: FrameRate
    variable: bool
    frames: int | None
    start: Fraction
    duration: Fraction
    rotation: int = 0
    field_order: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One readable file.

    Attributes:
        path: As found on disk.
        size: Bytes.
        modified_ns: Modification time when probed.
        fingerprint: Digest of size and sampled content; the identity, whatever path or name the file has.
        container: Container format in short ("mov", "wav", "mxf").
        start: First presented instant of any picture or sound stream on the container's clock, seconds.
        duration: From there to the last stream's end, seconds.
        timecode: Start timecode as the container carries it (picture's first frame); for BWF from bext.
        timecode_source: "tmcd", "mxf", "bext", "ixml", "sidecar" or "".
        day_seconds: Start time of day in exact seconds after midnight from the timecode's label or bext
            samples; None if absent.
        reel: Tape or reel name.
        created: Creation time as written (zone aware where the container says so).
        camera_make, camera_model, camera_serial: Of the device, empty where unknown.
        scene, take: From iXML, empty where unknown.
        family: Recording identifier shared by the files of one take (iXML FAMILY_UID, UMID), empty where
            unknown.
        notes: Oddities a user should know ("last 12 MB missing").
    """

    path: Path
    size: int
    modified_ns: int
    fingerprint: str
    container: str
    start: Fraction
    duration: Fraction
    pictures: tuple[PictureStream, ...] = ()
    sounds: tuple[SoundStream, ...] = ()
    timecode: Timecode | None = None
    timecode_source: str = ""
    day_seconds: Fraction | None = None
    reel: str = ""
    created: datetime | None = None
    camera_make: str = ""
    camera_model: str = ""
    camera_serial: str = ""
    scene: str = ""
    take: str = ""
    family: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was found and cannot be used, and why, in words for the user."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Clip:
    """One continuous recording of one camera on its own clock; several files when the camera chaptered it.

    Attributes:
        key: Identity: digest over the fingerprints of its files, hexadecimal.
        camera: Name of the camera it belongs to.
        files: Chapters in order, gapless.
    """

    key: str
    camera: str
    files: tuple[MediaFile, ...]
    given: str = field(default="", compare=False)

    @property
    def path(self) -> Path:
        """Path of the first file."""
        return self.files[0].path

    @property
    def name(self) -> str:
        """File name of the first file."""
        return self.path.name

    @property
    def duration(self) -> Fraction:
        """Length in seconds of clip time."""
        return sum((f.duration for f in self.files), Fraction(0))

    @property
    def picture(self) -> PictureStream | None:
        """Main picture stream of the first file, if any."""
        return self.files[0].pictures[0] if self.files[0].pictures else None

    @property
    def has_sound(self) -> bool:
        """Whether any file carries a sound stream with samples."""
        return any(s.duration > 0 for f in self.files for s in f.sounds)

    @property
    def rate(self) -> FrameRate | None:
        """Picture rate, None for sound alone."""
        return self.picture.rate if self.picture else None

    @property
    def timecode(self) -> Timecode | None:
        """Start timecode of the first file."""
        return self.files[0].timecode

    @property
    def day_seconds(self) -> Fraction | None:
        """Start time of day in seconds after midnight by the clip's own timecode."""
        return self.files[0].day_seconds

    def chapter_starts(self) -> tuple[Fraction, ...]:
        """Return the clip time at which each file begins."""
        starts, at = [], Fraction(0)
        for file in self.files:
            starts.append(at)
            at += file.duration
        return tuple(starts)
