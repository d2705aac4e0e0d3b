"""What was learnt when: one line for some steps, as CSV beside the checkpoint."""

import csv
import io
from collections import defaultdict
from pathlib import Path

from rushlock.export.atomic import write_atomically

_EVERY = 20


class Curve:
    """Means of a phase's figures over every ``_EVERY`` steps."""

    def __init__(self, path: Path, rows: list[dict[str, float]] | None = None) -> None:
        self._path = path
        self.rows: list[dict[str, float]] = [] if rows is None else rows
        self._sums: dict[str, float] = defaultdict(float)
        self._count = 0

    def note(self, step: int, seconds: float, figures: dict[str, float]) -> bool:
        """Take in a step's figures; return whether a row was finished by it."""
        for name, value in figures.items():
            self._sums[name] += value
        self._count += 1
        if self._count < _EVERY:
            return False
        means = {name: round(total / self._count, 5) for name, total in self._sums.items()}
        self.rows.append({"step": step, "seconds": round(seconds, 1), **means})
        self._sums.clear()
        self._count = 0
        self._write()
        return True

    @property
    def latest(self) -> str:
        """The last row in words."""
        if not self.rows:
            return ""
        return ", ".join(f"{name} {value:.3g}" for name, value in list(self.rows[-1].items())[2:])

    def _write(self) -> None:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(self.rows[-1]))
        writer.writeheader()
        writer.writerows(self.rows)
        write_atomically(self._path, text.getvalue())
