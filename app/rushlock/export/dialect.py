"""What every way of writing a sync map has in common: a suffix, a text, an honest word on what is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rushlock.export.atomic import write_atomically
from rushlock.export.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write a sync map.

    Attributes:
        name: For people: "OpenTimelineIO".
        suffix: Of its files, with the dot, lower case.
        readers: Who takes it: "DaVinci Resolve, Premiere Pro".
        carries: What survives.
        loses: What this format cannot say, so that nobody finds out too late.
        render: Makes the text.
    """

    name: str
    suffix: str
    readers: str
    carries: str
    loses: str
    render: Callable[[Delivery], str]

    def write(self, destination: Path, delivery: Delivery) -> Path:
        """Write a delivery whole or not at all and return where it lies.

        Raises:
            ExportError: It cannot be written.
        """
        return write_atomically(destination, self.render(delivery))
