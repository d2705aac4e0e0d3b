"""The part of the timeline that brings the playhead somewhere and goes along with it."""

from PySide6.QtWidgets import QWidget

from rushlock.gui.playhead import Playhead
from rushlock.gui.timeline.lanes import Lanes
from rushlock.gui.timeline.scroll import LanesArea
from rushlock.gui.timeline.stops import Stops

SNAP_PX = 9
"""How near a stop catches what is dragged."""

_PAGE_AT = 0.1  # of the view's width, where the playhead stands after a page is turned


class PlayheadArea(LanesArea):
    """Lanes with a playhead.

    Attributes:
        playhead: Where one looks; shared with the rest of the desk.
        held: Whether the mouse holds something: then nothing is scrolled away under it.
    """

    def __init__(self, playhead: Playhead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playhead = playhead
        self.held = False
        self._stops = Stops(self.lanes)
        self._was: float | None = None
        playhead.moved.connect(self._follow_playhead)

    def show_lanes(self, lanes: Lanes) -> None:
        """Show other lanes."""
        self._stops = Stops(lanes)
        super().show_lanes(lanes)

    @property
    def playhead_axis(self) -> float | None:
        """Axis position of the playhead, None where its group is not shown."""
        return self.lanes.axis.position(self.playhead.seconds, self.playhead.group)

    def stop_near(self, axis: float, within: float) -> float | None:
        """Return the stop nearest to an axis position, the playhead among them; None without one near."""
        here = self.playhead_axis
        return self._stops.near(axis, within, () if here is None else (here,))

    def go_to(self, axis: float, snap: bool = False) -> None:
        """Bring the playhead to an axis position, or to the stop near it."""
        stop = self._stops.near(axis, SNAP_PX / self.sight.scale) if snap else None
        moment = self.lanes.axis.moment(axis if stop is None else stop, self.playhead.group)
        if moment is not None:
            self.playhead.move(*moment)

    def go_to_stop(self, way: int) -> None:
        """Bring the playhead to the end of a clip before (-1) or after (1) it."""
        here = self.playhead_axis
        here = self.sight.left if here is None else here
        stop = self._stops.after(here) if way > 0 else self._stops.before(here)
        if stop is not None:
            self.go_to(stop)

    def _follow_playhead(self) -> None:
        """Turn the page where the playhead leaves the view, and go where it jumps to."""
        before, here = self._was, self.playhead_axis
        self._was = here
        self.viewport().update()
        sight = self.sight
        if here is None or sight.left <= here <= sight.right or self.held:
            return
        wide = sight.right - sight.left
        ran_out = before is not None and sight.left <= before <= sight.right
        jumped = before is None or abs(here - before) > wide / 4
        if ran_out or jumped:
            self.scroll_by((here - sight.left - _PAGE_AT * wide) * sight.scale, 0)
