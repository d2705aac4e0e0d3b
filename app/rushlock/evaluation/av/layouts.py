"""The papers' fixed lists of offsets, and which file each of their lines means.

- *SparseSync* (VGGSound, LRS3): CSV with the header ``path,offset_sec,vstart_sec``. The path is an identifier
  without suffix, ``9ZhW2lWqjzI_30000_40000`` or ``pretrain/0-7tbjvnH3s/00001``; the data's folder may lie
  anywhere above.
- *StreamSync* (RealSync): JSON, identifier to ``{"offset_sec", "v_start_i_sec"}``. Of ``ID_0_300_20_0`` the
  last two parts repeat the start; ``ID_0_300`` is the file. Its loader takes a piece around that start and
  begins its windows two seconds before it.
- *VGGSound-Sparse*: CSV without a header, ``ID,second,label,part``: which of VGGSound's ten-second clips
  belong to the subset; the labels are its classes.

Lines whose files are not there are counted, not refused: nobody has all of these clips any more.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rushlock.base.errors import UsageError
from rushlock.evaluation.av.trials import Trial
from rushlock.media.clip import Clip

_HEADER = ("path", "offset_sec", "vstart_sec")
_STREAM_KEYS = ("offset_sec", "v_start_i_sec")
_STREAM_LEAD_S = 2.0
_REPEATED = 2
_CLIP_S = 10
_SPARSE_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Fixed:
    """A line of a list: which file, from when, by how much."""

    name: str
    start: float
    offset: float


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list asks of the clips that are there."""

    trials: tuple[Trial, ...]
    missing: int


def read_fixed(path: Path) -> list[Fixed]:
    """Return the lines of a list of fixed offsets.

    Raises:
        UsageError: It cannot be read, or is none of the papers' lists.
    """
    text = _text(path)
    try:
        if text.lstrip().startswith("{"):
            return _of_stream_sync(json.loads(text))
        return _of_sparse_sync(csv.DictReader(text.splitlines()))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} is no list of offsets as SparseSync or StreamSync have them: {error}"
        ) from error


def read_sparse(path: Path, part: str = "test") -> dict[str, str]:
    """Return the labels of one part of VGGSound-Sparse by clip.

    Raises:
        UsageError: The list cannot be read.
    """
    rows = [row for row in csv.reader(_text(path).splitlines()) if row]
    if any(len(row) != _SPARSE_COLUMNS or not row[1].isdecimal() for row in rows):
        raise UsageError(f"{path} is not the list of VGGSound-Sparse: ID,second,label,part on each line")
    return {
        f"{name}_{1000 * int(second)}_{1000 * (int(second) + _CLIP_S)}": label
        for name, second, label, of_part in rows
        if of_part == part
    }


def asked_of(clips: Sequence[Clip], fixed: Iterable[Fixed], kinds: Mapping[str, str] | None = None) -> Listed:
    """Return what a list asks of clips.

    Args:
        clips: Those that are there, of any folder's depth.
        fixed: The list.
        kinds: If given, only these, with their labels.
    """
    here = {tail: clip for clip in clips for tail in _tails(clip.path)}
    trials, missing = [], 0
    for line in fixed:
        if kinds is not None and line.name not in kinds:
            continue
        clip = here.get(line.name)
        if clip is None:
            missing += 1
        else:
            kind = "" if kinds is None else kinds[line.name]
            trials.append(Trial(clip, line.start, line.offset, kind))
    return Listed(tuple(trials), missing)


def _tails(path: Path) -> list[str]:
    """Return the ways in which a list may name a file: its last one to three parts without the suffix."""
    parts = PurePosixPath(path.as_posix()).with_suffix("").parts
    return ["/".join(parts[-count:]) for count in (1, 2, 3)]


def _of_sparse_sync(rows: "csv.DictReader[str]") -> list[Fixed]:
    if tuple(rows.fieldnames or ()) != _HEADER:
        raise ValueError(f"its first line is not {','.join(_HEADER)}")
    return [Fixed(row["path"], float(row["vstart_sec"]), float(row["offset_sec"])) for row in rows]


def _of_stream_sync(found: Mapping[str, Mapping[str, float]]) -> list[Fixed]:
    offset, start = _STREAM_KEYS
    return [
        Fixed(
            "_".join(name.split("_")[:-_REPEATED]),
            max(float(line[start]) - _STREAM_LEAD_S, 0.0),
            float(line[offset]),
        )
        for name, line in found.items()
    ]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
