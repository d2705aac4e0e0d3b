"""What an opened window network tells of itself."""

from dataclasses import dataclass

from rushlock.nets.protocol import SegmentLayout


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``WindowNet`` tells of a network."""

    name: str
    digest: str
    experimental: bool
    layout: SegmentLayout


class Described:
    """The properties of ``WindowNet``."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    @property
    def name(self) -> str:
        """Registry name of the weights."""
        return self._facts.name

    @property
    def digest(self) -> str:
        """Digest of the weights."""
        return self._facts.digest

    @property
    def experimental(self) -> bool:
        """Whether the weights are a stand-in."""
        return self._facts.experimental

    @property
    def layout(self) -> SegmentLayout:
        """What it wants to be fed."""
        return self._facts.layout
