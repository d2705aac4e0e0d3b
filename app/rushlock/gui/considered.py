"""Which two clips are looked at together, and at which lag: shared by pair view, player, marks and decisions.

The *node* is the clip in hand; the *master* is the clip it is held against: the one the user chose, else the
one whose evidence for the node's place is strongest, else the shoot's master, else the longest clip of
another camera. The lag under consideration starts where the node lies now and is moved by nudges, by taking
another peak, by dragging the diagonal. Nothing is decided before the user accepts it.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from rushlock.base.clock import Clock
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row, Shoot


class Considered(QObject):
    """The pair in hand.

    Attributes:
        master, node: Their rows; None where there is nothing to hold together.
        lag: The node's start minus the master's start, seconds on the master's clock (an *offset* in the
            sense of DESIGN: positive, the node started later).
        lag_in_place: What the placements say of it; None where the two are not on one clock.
        touched: Whether the lag is the user's, rather than where the pair was found or a guess.

    Signals:
        pair_changed: Another pair (sent before ``lag_changed``).
        lag_changed: Another lag.
    """

    pair_changed = Signal()
    lag_changed = Signal()

    def __init__(self, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.master: Row | None = None
        self.node: Row | None = None
        self.lag = 0.0
        self.lag_in_place: float | None = None
        self.touched = False
        self._selection = selection
        self._shoot = Shoot()
        self._chosen = ""  # key of the master that the user asked for
        self._chosen_for = ""  # key of the clip that was in hand then
        self._shoot_master = ""
        self._ranked: tuple[Row | None, list[Row]] = (None, [])
        selection.changed.connect(self._follow)

    def show_shoot(self, shoot: Shoot) -> None:
        """Go on with another snapshot."""
        self._shoot = shoot
        self._ranked = None, []
        self._follow(anew=True)

    def against(self, key: str) -> None:
        """Hold the clip in hand against this one, and others too that share its clock or have no place.

        An empty key: against the best witness.
        """
        self._chosen, self._chosen_for = key, "" if self.node is None else self.node.key
        self._follow()

    def consider(self, lag: float) -> None:
        """Look at the pair at another lag."""
        if lag != self.lag and self.node is not None:
            self.lag = lag
            self.touched = True
            self.lag_changed.emit()

    def nudge(self, seconds: float) -> None:
        """Move the node later (negative: earlier) against the master."""
        self.consider(self.lag + seconds)

    def reset(self) -> None:
        """Go back to where the placements have it."""
        if self.touched:
            self.lag = self.lag_in_place if self.lag_in_place is not None else self._best_guess()
            self.touched = False
            self.lag_changed.emit()

    @property
    def moved(self) -> bool:
        """Whether the lag is another one than the placements have."""
        return self.lag_in_place is None or abs(self.lag - self.lag_in_place) > 1e-9

    @property
    def partners(self) -> list[Row]:
        """What the clip in hand may be held against, the best first."""
        if self.node is None:
            return []
        if self._ranked[0] is not self.node:
            self._ranked = self.node, ranked_partners(self.node, self._shoot)
        return self._ranked[1]

    def _follow(self, anew: bool = False) -> None:
        before = self.master, self.node
        self.node = self._shoot.by_key.get(self._selection.current)
        self.master = self._chosen_master()
        if (self.master, self.node) == before and not anew:
            return
        same = _keys(before) == _keys((self.master, self.node))
        was_in_place = self.lag_in_place
        self.lag_in_place = lag_in_place(self.master, self.node)
        self.pair_changed.emit()
        if not same or self.lag_in_place != was_in_place:
            self.lag = self.lag_in_place if self.lag_in_place is not None else self._best_guess()
            self.touched = False
            self.lag_changed.emit()

    def _chosen_master(self) -> Row | None:
        if self.node is None:
            return None
        chosen = self._shoot.by_key.get(self._chosen)
        if chosen is not None and chosen.key != self.node.key and self._suits(chosen, self.node):
            return chosen
        return next(iter(self.partners), None)

    def _suits(self, chosen: Row, node: Row) -> bool:
        """Return whether the master that the user asked for tells something of a clip."""
        return node.key == self._chosen_for or node.start is None or lag_in_place(chosen, node) is not None

    def _best_guess(self) -> float:
        """Where an unplaced node may lie by its strongest evidence that names a place beside this master."""
        if self.node is None or self.master is None or self.node.placement is None:
            return 0.0
        clock = None if self.master.placement is None else self.master.placement.clock
        for evidence in self.node.placement.evidence:
            if evidence.other == self.master.key and evidence.offset is not None and clock is not None:
                return own_time(clock, evidence.offset)
        return 0.0


def own_time(clock: Clock, seconds: float) -> float:
    """Return the clip time at which a clip's clock shows a time; before its start the first piece goes on."""
    best = (seconds - clock.pieces[0].start) / clock.pieces[0].rate
    for piece in clock.pieces[1:]:
        at = (seconds - piece.start) / piece.rate
        if at >= piece.since:
            best = at
    return best


def lag_in_place(master: Row | None, node: Row | None) -> float | None:
    """Return the offset of two clips as placed, seconds on the master's clock; None on two clocks."""
    if master is None or node is None or master.placement is None or node.start is None:
        return None
    if master.placement.clock is None or node.placement is None:
        return None
    if master.placement.group != node.placement.group:
        return None
    return own_time(master.placement.clock, node.start)


def ranked_partners(node: Row, shoot: Shoot) -> list[Row]:
    """Return the other clips, the best witness first: by evidence, another camera, overlap, length."""
    others = [row for row in shoot.rows if row.key != node.key]
    evidence = () if node.placement is None else node.placement.evidence
    weight = {e.other: e.probability + e.used for e in reversed(evidence) if e.other}

    def rank(row: Row) -> tuple[float, bool, float, float]:
        other_camera = row.clip.camera != node.clip.camera
        length = float(row.clip.duration) if row.start is None or row.end is None else row.end - row.start
        return weight.get(row.key, 0.0), other_camera, _overlap(node, row), length

    return sorted(others, key=rank, reverse=True)


def _overlap(one: Row, other: Row) -> float:
    """Return for how many seconds of their group's clock two clips ran at once."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0.0
    if one.placement is None or other.placement is None or one.placement.group != other.placement.group:
        return 0.0
    return max(0.0, min(one.end, other.end) - max(one.start, other.start))


def _keys(rows: Iterable[Row | None]) -> list[str]:
    return ["" if row is None else row.key for row in rows]
