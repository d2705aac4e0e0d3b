"""Wall clocks: what timecode and creation times say, and which cameras' timecode is wrong.

Sound decides; wall clocks are compared with it. Where the sound of a camera's clips says how far its
timecode is from the shoot's time of day, that is said once for the whole camera, and clips that sound could
not place are offered a place by it, for review. The shoot's time of day is what most cameras agree on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rushlock.media.clip import Clip
from rushlock.placements.sync_map import Finding
from rushlock.placements.words import duration_words

DAY_S = 86400.0
SAME_S = 0.1
"""Cameras whose timecode agrees this well were jammed together."""

CREATION_SPREAD_S = 3.0
_RATE_SLOPE, _RATE_STEEPEST = 0.0007, 0.0015  # around 1/1000
_RATE_SPAN_S = 120.0


@dataclass(frozen=True, slots=True)
class CameraWall:
    """How a camera's wall clock lies against the shoot's clock.

    Attributes:
        camera: Its name.
        error: Median of label minus shoot time in seconds, after the shoot's time of day is taken out.
        spread: Largest distance of a clip from that.
        slope: Seconds its labels gain for each second of the shoot.
        bend: Largest distance of a clip from that slope.
        clips: How many clips this was seen on.
        frame: Length of a frame in seconds.
    """

    camera: str
    error: float
    spread: float
    slope: float
    bend: float
    clips: int
    frame: float


@dataclass(frozen=True, slots=True)
class Wall:
    """What is known of wall clocks in one group.

    Attributes:
        anchor: Seconds to add to the group's clock to get the time of day; None where no timecode tells.
        cameras: By name, those with timecode on clips that sound placed.
        creation: By name, seconds to add to a clip's creation time (POSIX) to get the group's clock; spread
            below ``CREATION_SPREAD_S``.
        middle: Middle of the group on its clock.
    """

    anchor: float | None
    cameras: Mapping[str, CameraWall]
    creation: Mapping[str, float]
    middle: float = 0.0

    def shifted(self, seconds: float, middle: float) -> "Wall":
        """Return this wall for a group whose clock was moved later and now has its middle at some second."""
        anchor = None if self.anchor is None else self.anchor - seconds
        creation = {camera: value + seconds for camera, value in self.creation.items()}
        return Wall(anchor, self.cameras, creation, middle)

    def day_time(self, label: float) -> float:
        """Return where a time of day lies on the group's clock: the nearest day, none before its first."""
        at = self.middle + wrapped(label - (self.anchor or 0.0) - self.middle)
        return at if at >= 0.0 else at + DAY_S


def wrapped(seconds: float) -> float:
    """Return a difference of times of day within half a day of 0."""
    return (seconds + DAY_S / 2) % DAY_S - DAY_S / 2


def read_wall(placed: Sequence[tuple[Clip, float]]) -> Wall:
    """Compare the wall clocks of clips with their starts (seconds) on the group's clock."""
    label: dict[str, list[tuple[float, float]]] = {}
    made: dict[str, list[float]] = {}
    frames: dict[str, float] = {}
    for clip, start in placed:
        if clip.day_seconds is not None:
            label.setdefault(clip.camera, []).append((start, float(clip.day_seconds) - start))
            frames.setdefault(clip.camera, _frame(clip))
        created = clip.files[0].created
        if created is not None:
            made.setdefault(clip.camera, []).append(start - created.timestamp())
    anchor = _anchor(
        {c: median(wrapped(r - rows[0][1]) for _, r in rows) + rows[0][1] for c, rows in label.items()},
        {c: len(rows) for c, rows in label.items()},
    )
    cameras = {} if anchor is None else {c: _camera(c, rows, anchor, frames[c]) for c, rows in label.items()}
    creation = {c: median(rows) for c, rows in made.items() if max(rows) - min(rows) < CREATION_SPREAD_S}
    return Wall(anchor, cameras, creation)


def findings(wall: Wall) -> list[Finding]:
    """Return a sentence for each camera whose timecode is wrong."""
    said = []
    for camera in wall.cameras.values():
        frame = camera.frame
        if _RATE_SLOPE < abs(camera.slope) < _RATE_STEEPEST and camera.bend < SAME_S and camera.clips >= 3:
            words = (
                f"{camera.camera} timecode runs {abs(camera.slope) * 100:.2f} % too "
                f"{'fast' if camera.slope > 0 else 'slow'}: non-drop counted as drop-frame, or 24 as 23.976"
            )
            said.append(Finding(camera.camera, "timecode rate", words, camera.error))
        elif camera.spread > max(2 * frame, SAME_S) and camera.clips >= 2:
            apart = f"up to {camera.spread:.1f} s apart between clips"
            words = f"{camera.camera} timecode does not follow the clock: {apart}"
            said.append(Finding(camera.camera, "timecode unsteady", words, camera.error))
        elif abs(camera.error) > 1.5 * frame:
            way = "ahead" if camera.error > 0 else "behind"
            words = f"{camera.camera} timecode is {duration_words(abs(camera.error), frame)} {way}"
            said.append(Finding(camera.camera, "timecode offset", words, camera.error))
    return said


@dataclass(frozen=True, slots=True)
class Offer:
    """A place for a clip that sound did not place.

    Attributes:
        start: Seconds on the group's clock.
        error: How far off that may be, one sigma, in seconds.
        confidence: Chance that it is right within one frame.
        kind: "timecode" or "creation time".
        words: For people.
    """

    start: float
    error: float
    confidence: float
    kind: str
    words: str


def place_by_wall(clip: Clip, wall: Wall) -> Offer | None:
    """Return where a clip that sound did not place would lie by its timecode or its file's creation time."""
    camera = wall.cameras.get(clip.camera)
    if clip.day_seconds is not None and wall.anchor is not None:
        label = float(clip.day_seconds)
        if camera is None:
            words = "placed by timecode alone; no sound of this camera confirms it"
            return Offer(wall.day_time(label), SAME_S, 0.5, "timecode", words)
        if camera.spread <= max(2 * camera.frame, SAME_S):
            told = f"{camera.clips} clip{'s' if camera.clips > 1 else ''}"
            words = f"placed by timecode, which agrees with sound on {told} of this camera"
            confidence = 0.85 if camera.clips > 1 else 0.75
            return Offer(wall.day_time(label - camera.error), camera.frame, confidence, "timecode", words)
    created = clip.files[0].created
    if created is not None and clip.camera in wall.creation:
        start = created.timestamp() + wall.creation[clip.camera]
        words = "placed by the file's creation time: right within a few seconds at best"
        return Offer(start, CREATION_SPREAD_S, 0.35, "creation time", words)
    return None


def place_by_label(clip: Clip) -> Offer | None:
    """Return where a clip lies by its own label, for a shoot of which sound placed nothing."""
    if clip.day_seconds is None:
        return None
    words = "placed by timecode alone; no sound confirms it"
    return Offer(float(clip.day_seconds), SAME_S, 0.5, "timecode", words)


def _frame(clip: Clip) -> float:
    rate = clip.timecode.rate if clip.timecode else clip.rate
    return 1 / 25 if rate is None else float(1 / rate.fps)


def _anchor(errors: Mapping[str, float], clips: Mapping[str, int]) -> float | None:
    """Return the time-of-day difference that most cameras share, or the one seen on more clips."""
    best: tuple[int, int] | None = None
    anchor = None
    for value in errors.values():
        near = [c for c, e in errors.items() if abs(wrapped(e - value)) < SAME_S]
        size = (len(near), sum(clips[c] for c in near))
        if best is None or size > best:
            best = size
            anchor = value + median(wrapped(errors[c] - value) for c in near)
    return anchor


def _camera(name: str, rows: Sequence[tuple[float, float]], anchor: float, frame: float) -> CameraWall:
    off = [wrapped(r - anchor) for _, r in rows]
    error = median(off)
    starts = [s for s, _ in rows]
    span = max(starts) - min(starts)
    slope, mean_s, mean_o = 0.0, sum(starts) / len(starts), sum(off) / len(off)
    if span > _RATE_SPAN_S:
        slope = sum((s - mean_s) * (o - mean_o) for s, o in zip(starts, off, strict=True)) / sum(
            (s - mean_s) ** 2 for s in starts
        )
    bend = max(abs(o - mean_o - slope * (s - mean_s)) for s, o in zip(starts, off, strict=True))
    return CameraWall(name, error, max(abs(o - error) for o in off), slope, bend, len(rows), frame)
