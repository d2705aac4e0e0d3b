"""Keeps what was fitted to generated scenes where the program finds it."""

import json
import math
from pathlib import Path
from typing import Any

from rushlock.export.atomic import write_atomically


def keep_judge(path: Path, content: dict[str, Any]) -> Path:
    """Write a judge's weights and how they were come by, and return where.

    Raises:
        ValueError: A weight is not finite.
    """
    if not all(math.isfinite(w) for w in content["weights"].values()):
        raise ValueError("weights must be finite")
    write_atomically(path, json.dumps(content, indent=1) + "\n")
    return path
