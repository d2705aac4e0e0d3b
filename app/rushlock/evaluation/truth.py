"""The truth about a rendered shoot, beside it as ``truth.json``.

Schema 1::

    {"schema": 1, "generator": n, "shoot": name, "seed": n, "day_start": time of day of true time 0 in s,
     "clips": {"<path below the folder, / between parts>": {
        "camera": name, "event": name, "start": true seconds of the first sample and frame,
        "pieces": [[since clip seconds, start, rate], ...]   as base.clock.Clock,
        "seconds": length by the camera's clock, "rate": seconds of the true clock per clip second,
        "travel": mean seconds that sound took from the loudest sources to this microphone,
        "silent": whether nothing can be heard, "overlaps": whether another camera's clip that can be heard
        overlaps it, "overlap": the longest such overlap in seconds,
        "timecode_error": seconds that its timecode is ahead, null: it has none,
        "frame_rate": "24000/1001" or null, "difficulty": {name: number}}}}

Clips of different events overlap nothing of each other, whatever their times.
"""

import json
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from rushlock.base.clock import Clock, Piece
from rushlock.base.errors import UsageError

TRUTH_NAME = "truth.json"
GENERATOR = 4
"""Which generation of sound and picture; one up whenever the same plan is rendered otherwise."""

_SCHEMA = 1


@dataclass(frozen=True)
class ClipTruth:
    """One clip's truth; see the module for each field."""

    camera: str
    event: str
    start: float
    pieces: tuple[tuple[float, float, float], ...]
    seconds: float
    rate: float
    travel: float
    silent: bool
    overlaps: bool
    overlap: float
    timecode_error: float | None
    frame_rate: str | None
    difficulty: dict[str, float] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        """The clip's clock on the true clock."""
        return Clock(tuple(Piece(*piece) for piece in self.pieces))

    @property
    def frames_per_second(self) -> Fraction:
        """Frame rate of its picture, 25 for sound alone."""
        return Fraction(self.frame_rate) if self.frame_rate else Fraction(25)


@dataclass(frozen=True)
class Truth:
    """The truth about a shoot. ``clips`` is keyed by path below the shoot's folder."""

    shoot: str
    seed: int
    day_start: float
    clips: dict[str, ClipTruth]
    generator: int = GENERATOR


def write_truth(truth: Truth, folder: Path) -> Path:
    """Write ``truth.json`` into a folder and return its path."""
    path = folder / TRUTH_NAME
    temporary = path.with_suffix(".part")
    text = json.dumps({"schema": _SCHEMA, **asdict(truth)}, indent=1, sort_keys=True)
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
    return path


def read_truth(folder: Path) -> Truth:
    """Read the truth of a shoot.

    Raises:
        UsageError: There is none, or it is of another schema.
    """
    try:
        found = json.loads((folder / TRUTH_NAME).read_text(encoding="utf-8"))
        if found.pop("schema") != _SCHEMA:
            raise UsageError(f"{folder / TRUTH_NAME}: written by another version")
        clips = {path: _clip(fields) for path, fields in found.pop("clips").items()}
        return Truth(clips=clips, **{"generator": 1, **found})
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise UsageError(f"{folder / TRUTH_NAME} is no truth of a generated shoot: {problem}") from problem


def _clip(fields: dict[str, Any]) -> ClipTruth:
    pieces = tuple((float(since), float(start), float(rate)) for since, start, rate in fields.pop("pieces"))
    return ClipTruth(pieces=pieces, **fields)
