"""Join files that are one recording: chapters that a maker numbers, spans of a P2 shot, recorders' splits.

Joining says that no moment is missing between two files, so it needs proof and never a mere guess:

    * *GoPro's chapter numbers* are gapless by design; they are believed unless time stamps contradict them
      (two cards poured into one folder).
    * *Spans* that a camcorder numbers (Canon XF, Sony XDCAM EX) or marks as one shot (P2) need a timecode
      that runs on.
    * *Files that merely count* ("take_003", "take_004"): sound needs a sample count that runs on to the
      millisecond. For pictures a timecode that runs on proves little, since in record-run mode it does so
      across every pause: creation times must agree and the first file must be so large that it was split
      for size.

Always: neighbours in number, of one card, one camera, equal in container, codecs, rates and channels, the
first not cut off.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from rushlock.media.clip import MediaFile
from rushlock.media.naming import Numbered, card_of, counted, gopro_chapter, natural, span

Recording = tuple[MediaFile, ...]

SPLIT_BYTES = 1_900_000_000
"""No camera splits files smaller than FAT's two gigabytes."""

_CHAPTER_SLACK_S = Fraction(1)  # chapters' sound and picture end apart, and timecode counts whole frames
_SAMPLE_SLACK_S = Fraction(1, 1000)
_CREATED_SLACK_S = 2.0  # creation times are whole seconds
_LATEST_CHAPTER_S = 60.0  # chapters carry their own creation time or the recording's, not one of tomorrow
_DAY_S = Fraction(86_400)

_Proof = Callable[[MediaFile, MediaFile], bool]


def recordings(files: Sequence[MediaFile]) -> list[Recording]:
    """Return the files joined to recordings, in the natural order of their first files."""
    joined: list[Recording] = []
    for proof, series in _series(files):
        joined += _joined(series, proof)
    return sorted(joined, key=lambda recording: natural(str(recording[0].path)))


def gap_between(first: MediaFile, second: MediaFile) -> Fraction | None:
    """Return the seconds from one file's end to another's start by their own time of day; None if unknown."""
    if first.day_seconds is None or second.day_seconds is None:
        return None
    timecode = first.timecode
    day = timecode.rate.seconds_of(timecode.frames_per_day) if timecode else _DAY_S
    gap = second.day_seconds - first.day_seconds - first.duration
    return (gap + day / 2) % day - day / 2


def _series(files: Iterable[MediaFile]) -> Iterable[tuple[_Proof, list[tuple[int, MediaFile]]]]:
    """Group files into numbered series, with what proves that neighbours are one recording."""
    groups: dict[tuple[str, str, Path], list[tuple[int, MediaFile]]] = {}
    for file in files:
        kind, numbered = _place(file)
        groups.setdefault((kind, numbered.series, card_of(file.path.parent)), []).append(
            (numbered.number, file)
        )
    proofs: dict[str, _Proof] = {
        "chapter": _not_contradicted,
        "span": _runs_on,
        "shot": _runs_on,
        "count": _split_for_size,
    }
    for (kind, _, _), series in groups.items():
        if kind == "shot":  # numbered by time, for their names are random
            in_time = sorted((file for _, file in series), key=lambda file: file.day_seconds or 0)
            series = list(enumerate(in_time))
        yield proofs[kind], sorted(series, key=lambda pair: (pair[0], natural(str(pair[1].path))))


def _place(file: MediaFile) -> tuple[str, Numbered]:
    if file.container == "mxf" and file.family and file.pictures:
        return "shot", Numbered(file.family, 0)
    for kind, place in (("chapter", gopro_chapter), ("span", span), ("count", counted)):
        numbered = place(file.path)
        if numbered is not None:
            return kind, numbered
    return "count", Numbered(str(file.path), 0)


def _joined(series: Sequence[tuple[int, MediaFile]], proof: _Proof) -> list[Recording]:
    """Cut a numbered series wherever two neighbours are not proved to be one recording."""
    result: list[list[MediaFile]] = [[series[0][1]]]
    for (a, first), (b, second) in pairwise(series):
        if b == a + 1 and _alike(first, second) and proof(first, second):
            result[-1].append(second)
        else:
            result.append([second])
    return [tuple(files) for files in result]


def _alike(first: MediaFile, second: MediaFile) -> bool:
    """Whether two files could be one recording by what is in them."""
    whole = not any(note.startswith("cut off") for note in first.notes)
    return whole and _layout(first) == _layout(second)


def _layout(file: MediaFile) -> tuple[object, ...]:
    return (
        file.container,
        file.camera_model,
        file.camera_serial,
        tuple((p.codec, p.width, p.height, p.rate) for p in file.pictures),
        tuple((s.codec, s.sample_rate, s.channels) for s in file.sounds),
    )


def _not_contradicted(first: MediaFile, second: MediaFile) -> bool:
    gap = gap_between(first, second)
    if gap is not None:
        return abs(gap) <= _CHAPTER_SLACK_S
    later = _seconds_later(first, second)
    return later is None or -_CREATED_SLACK_S <= later <= float(first.duration) + _LATEST_CHAPTER_S


def _runs_on(first: MediaFile, second: MediaFile) -> bool:
    gap = gap_between(first, second)
    slack = first.pictures[0].rate.frame_seconds / 2 if first.pictures else _SAMPLE_SLACK_S
    return gap is not None and abs(gap) <= slack


def _split_for_size(first: MediaFile, second: MediaFile) -> bool:
    if not _runs_on(first, second):
        return False
    if not first.pictures:
        return True
    later = _seconds_later(first, second)
    on_time = later is not None and abs(later - float(first.duration)) <= _CREATED_SLACK_S
    return on_time and first.size >= SPLIT_BYTES


def _seconds_later(first: MediaFile, second: MediaFile) -> float | None:
    """Return how much later the second file was created; None if unknown or of different kinds of clock."""
    a, b = first.created, second.created
    if a is None or b is None or (a.tzinfo is None) != (b.tzinfo is None):
        return None
    return (b - a).total_seconds()
