"""What moment of one clip another shows at a lag, both by their own clocks where they are placed."""

from dataclasses import dataclass

from rushlock.base.clock import Clock
from rushlock.gui.considered import own_time
from rushlock.gui.shoot import Row


@dataclass(frozen=True, slots=True)
class Relation:
    """Master and node at a lag.

    Attributes:
        lag: The node's start minus the master's, seconds on the master's clock.
        master, node: Their clocks on one group's clock; None: not both placed, then both run alike.
        in_place: The lag that the clocks say.
    """

    lag: float = 0.0
    master: Clock | None = None
    node: Clock | None = None
    in_place: float = 0.0

    @classmethod
    def of(cls, master: Row | None, node: Row | None, lag: float, in_place: float | None) -> "Relation":
        """Return how two rows lie at a lag."""
        if master is None or node is None or in_place is None:
            return cls(lag)
        if master.placement is None or node.placement is None:
            return cls(lag)
        return cls(lag, master.placement.clock, node.placement.clock, in_place)

    def node_time(self, at: float) -> float:
        """Return the node's clip time at a master's clip time, seconds."""
        if self.master is None or self.node is None:
            return at - self.lag
        return own_time(self.node, self.master.at(at - (self.lag - self.in_place)))

    def master_time(self, at: float) -> float:
        """Return the master's clip time at a node's clip time, seconds."""
        if self.master is None or self.node is None:
            return at + self.lag
        return own_time(self.master, self.node.at(at)) + (self.lag - self.in_place)
