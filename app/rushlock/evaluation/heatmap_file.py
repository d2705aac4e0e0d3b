"""A heatmap as a file: its numbers (``.npz``), or its picture (``.png``: master down, node across)."""

from io import BytesIO
from pathlib import Path

import numpy as np

from rushlock.base.errors import UsageError
from rushlock.export.atomic import write_bytes_atomically
from rushlock.export.png import png
from rushlock.similarity.colours import coloured
from rushlock.similarity.heatmap import Heatmap
from rushlock.similarity.matrix import Matrix

SUFFIXES = (".npz", ".png")


def checked_suffix(path: Path) -> Path:
    """Return a path that ``write_heatmap`` can write to.

    Raises:
        UsageError: Its suffix is none of ``SUFFIXES``.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"a heatmap is written as {' or '.join(SUFFIXES)}, not as {path.name}")
    return path


def write_heatmap(path: Path, matrix: Matrix, heatmap: Heatmap) -> Path:
    """Write a heatmap by its suffix; numbers and picture are those of the overview.

    Raises:
        UsageError: The suffix is neither.
        ExportError: It cannot be written.
    """
    made = _picture(heatmap) if checked_suffix(path).suffix.lower() == ".png" else _numbers(matrix, heatmap)
    return write_bytes_atomically(path, made)


def _picture(heatmap: Heatmap) -> bytes:
    """Return a PNG of the squares' maxima: a thin diagonal stays visible."""
    cells = heatmap.overview.highest
    if 0 in cells.shape:
        cells = np.full((1, 1), np.nan, np.float32)
    return png(coloured(cells, heatmap.low, heatmap.high))


def _numbers(matrix: Matrix, heatmap: Heatmap) -> bytes:
    """Return an npz archive; times in seconds of clip time, offsets node's start minus master's."""
    curve, said = heatmap.curve, heatmap.posterior
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        mean=heatmap.overview.mean,
        highest=heatmap.overview.highest,
        count=heatmap.overview.count,
        step=heatmap.step,
        stretch=[heatmap.low, heatmap.high],
        metric=matrix.metric,
        hop=matrix.master.hop,
        starts=[matrix.master.start, matrix.node.start],
        offsets=curve.offsets,
        curve=curve.mean,
        curve_error=curve.error,
        curve_count=curve.count,
        probability=said.probability,
        none=said.none,
    )
    return buffer.getvalue()
