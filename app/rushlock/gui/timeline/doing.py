"""What menus and keys offer in the timeline beside zooming: lanes' heights, stops of the playhead."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from rushlock.gui.actions import make_action, separator
from rushlock.gui.selection import Selection
from rushlock.gui.state import WindowState
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.view import TimelineView

_KEPT_AS = "timeline/height"


class TimelineDoing(QObject):
    """The timeline's own actions; also fills the menu of its headers.

    Attributes:
        menu: Everything, for the menu bar.
    """

    def __init__(self, window: QWidget, view: TimelineView, selection: Selection) -> None:
        super().__init__(window)
        self._window = window
        self._view = view
        self._selection = selection
        tr = self.tr
        self.zoom_to_chosen = self._made(
            tr("Zoom to &chosen clips"), "Z", tr("Show just the chosen clips"), view.zoom_to_chosen
        )
        self.stop_before = self._made(
            tr("&Previous clip end"), "Ctrl+Left", tr("Playhead to the end of a clip before it"), self._back
        )
        self.stop_after = self._made(
            tr("&Next clip end"), "Ctrl+Right", tr("Playhead to the end of a clip after it"), self._on
        )
        self.taller = self._made(
            tr("&Taller lanes"), "Ctrl+Shift+Down", tr("Room for waveforms, then for pictures"), self._taller
        )
        self.shorter = self._made(
            tr("&Shorter lanes"), "Ctrl+Shift+Up", tr("More cameras in view"), self._shorter
        )
        line = separator(window)
        stops = [self.stop_before, self.stop_after]
        self.menu: list[QAction] = [self.zoom_to_chosen, *stops, line, self.taller, self.shorter]
        self._fill_lane_menu()
        selection.changed.connect(self.refresh)
        view.laid_out.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Offer what can be done with what is shown."""
        shown = not self._view.lanes.empty
        self.zoom_to_chosen.setEnabled(shown and bool(self._selection.keys))
        for action in (self.stop_before, self.stop_after, self.taller, self.shorter):
            action.setEnabled(shown)

    def remember(self, state: WindowState) -> None:
        """Have the lanes' height remembered for the next start."""
        every = self._view.heights.every
        state.keep(_KEPT_AS, b"" if every is None else every.name.encode())

    def recall(self, state: WindowState) -> None:
        """Make lanes as tall as remembered; at the first start nothing changes."""
        kept = state.kept(_KEPT_AS)
        name = "" if kept is None else bytes(kept.data()).decode("ascii", "replace")
        if name in Height.__members__:
            self._view.make_all_tall(Height[name])

    def _back(self) -> None:
        self._view.go_to_stop(-1)

    def _on(self) -> None:
        self._view.go_to_stop(1)

    def _taller(self) -> None:
        self._view.step_all(1)

    def _shorter(self) -> None:
        self._view.step_all(-1)

    def _fill_lane_menu(self) -> None:
        menu, tr = self._view.lane_menu, self.tr
        kinds = (
            (Height.SMALL, tr("&Small")),
            (Height.WAVE, tr("With &waveform")),
            (Height.FILM, tr("With &pictures")),
        )
        for kind, words in kinds:
            menu.addAction(words).triggered.connect(lambda _=False, kind=kind: self._give(kind))
        menu.addSeparator()
        everywhere = menu.addMenu(tr("&All lanes"))
        for kind, words in kinds:
            everywhere.addAction(words).triggered.connect(
                lambda _=False, kind=kind: self._view.make_all_tall(kind)
            )
        menu.addSeparator()
        menu.addAction(tr("&Choose its clips")).triggered.connect(self._choose_lane)

    def _give(self, kind: Height) -> None:
        if self._view.lane_under_mouse is not None:
            self._view.make_tall(self._view.lane_under_mouse, kind)

    def _choose_lane(self) -> None:
        if self._view.lane_under_mouse is not None:
            self._view.choose_lane(self._view.lane_under_mouse)

    def _made(self, text: str, keys: str, hint: str, slot: Callable[[], None]) -> QAction:
        action = make_action(self._window, text, "timeline", keys, hint)
        action.triggered.connect(lambda: slot())
        return action
