"""A score's figures in words, for people."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_TABLE = (
    ("shoots", "shoots", ""),
    ("clips", "clips", ""),
    ("placed", "placed", ""),
    ("placed_wrongly", "placed wrongly", ""),
    ("placed_wrongly_share", "placed wrongly, of placed", "%"),
    ("placed_right_share", "placed right, of those that overlap others", "%"),
    ("right_or_ambiguous_share", "placed right or said to be ambiguous", "%"),
    ("left_out", "left out", ""),
    ("review", "left for review", ""),
    ("review_wrongly", "left for review at a wrong place", ""),
    ("strays", "clips that overlap nothing", ""),
    ("strays_kept_out_share", "of these kept out", "%"),
    ("true_ms_median", "error, median", "ms"),
    ("true_ms_p99", "error, 99th percentile", "ms"),
    ("heard_ms_median", "error less travel time, median", "ms"),
    ("heard_ms_p99", "error less travel time, 99th percentile", "ms"),
    ("heard_within_half_frame", "within half a frame (1/50 s), less travel time", "%"),
    ("drift_ppm_median", "drift error of clips from 5 min, median", "ppm"),
    ("drift_ppm_worst", "drift error of clips from 5 min, worst", "ppm"),
    ("brier", "Brier score", ""),
    ("auroc", "AUROC of the confidence", ""),
)


def rows(figures: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return (figure, value) in words."""
    return [(words, _written(figures[name], unit)) for name, words, unit in _TABLE]


def quantile(values: NDArray[np.float64], part: float) -> float | None:
    """Return a quantile, None of nothing."""
    return float(np.quantile(values, part)) if len(values) else None


def share(part: int, whole: int) -> float | None:
    """Return a share, None of nothing."""
    return part / whole if whole else None


def _written(value: object, unit: str) -> str:
    if value is None:
        return "-"
    if unit == "%" and isinstance(value, float):
        return f"{100 * value:.2f} %"
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return f"{text} {unit}".rstrip()
