"""Keeps placements in step with decisions, in the background, and tells what moved along."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from rushlock.gui.document import Document
from rushlock.gui.review.settling import Settled, kept, settled_anew
from rushlock.gui.side_job import SideJob
from rushlock.gui.stages import Contents
from rushlock.placements.grounds import Grounds

PAUSE_MS = 60
"""The window paints a decision before neighbours are settled: beside a thread that computes, it would have to
wait for Python's lock at every call (see ``app.SWITCH_INTERVAL_S``)."""

_log = logging.getLogger(__name__)


class Settler(QObject):
    """Settles the document whenever it asks for it; the latest decisions win.

    What was settled is thrown away when another decision was made meanwhile: the next round heeds both.
    Nothing is lost if the program is killed before: a document says whether its placements heed its
    decisions, and is settled when it is opened.

    Signals:
        moved: Clips that moved along with a decision, as ``Move`` values; empty where none did.
        unable: The project was synced by a Rushlock that kept nothing to settle from.
    """

    moved = Signal(object)
    unable = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.side = SideJob(self)
        self._document = document
        self._grounds: Grounds | None = None
        self._said = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._settle)
        document.unsettled.connect(self._pause.start)
        document.recalled.connect(self._keep)
        document.begun_anew.connect(self._forget)
        document.leaving.connect(self.finish)
        self.side.failed.connect(self._note)

    @property
    def busy(self) -> bool:
        """Whether something is settled, or is about to be."""
        return self._pause.isActive() or self.side.busy

    def stop(self) -> None:
        """Stop what runs."""
        self._pause.stop()
        self.side.stop()

    def wait(self) -> None:
        """Block until nothing runs."""
        self.side.wait()

    def finish(self) -> None:
        """Stop what runs and wait until it has let go of the file."""
        self.stop()
        self.wait()

    def _settle(self) -> None:
        document = self._document
        contents, path = document.contents, document.path
        shoot, grounds, settings = document.shoot, self._grounds, document.settings
        self.side.start(
            lambda token: settled_anew(path, contents, shoot, grounds, settings, token),
            lambda settled: self._take(contents, settled),
        )

    def _keep(self) -> None:
        self._pause.stop()
        contents, path = self._document.contents, self._document.path
        self.moved.emit(())
        self.side.start(lambda token: kept(path, contents, token), lambda _: None)

    def _take(self, contents: Contents, settled: Settled) -> None:
        if settled.found is None:
            if not self._said:
                self._said = True
                self.unable.emit()
            return
        self._grounds = settled.grounds
        if self._document.contents.wishes != contents.wishes:
            return
        as_it_was = self._document.contents is contents  # else a camera may have another name by now
        self._document.settle(settled.found, settled.shoot if as_it_was else None)
        self.moved.emit(settled.moved)

    def _forget(self) -> None:
        self._grounds, self._said = None, False
        self.stop()

    def _note(self, error: BaseException) -> None:
        _log.warning("Neighbours could not be settled: %s", error)
