"""What the user does with cameras in the bin: rename, give clips to another, set the master, show the file.

What is said of cameras is saved at once, can be undone, and clips are placed anew from what is known. Clips
that were taken for one camera's were never compared with each other: that needs a sync, and the user is told.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from rushlock.base.errors import ProjectError
from rushlock.gui import asking, stages
from rushlock.gui.actions import make_action
from rushlock.gui.bin.reveal import reveal
from rushlock.gui.bin.view import BinView
from rushlock.gui.document import Document
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row
from rushlock.gui.side_job import SideJob
from rushlock.media.clip import MediaFile
from rushlock.project.arrangement import Arrangement


class BinDoing(QObject):
    """The bin's own doings with one document.

    Attributes:
        rename, move, master, reveal: Actions.

    Signals:
        said: A word to the user that needs no answer.
    """

    said = Signal(str)

    def __init__(self, window: QWidget, document: Document, selection: Selection, view: BinView) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._selection = selection
        self._view = view
        self._looking = SideJob(self)
        self._make_actions()
        document.changed.connect(self.refresh)
        selection.changed.connect(self.refresh)
        queued = Qt.ConnectionType.QueuedConnection  # the model is still in the middle of telling
        view.model.renamed.connect(self.rename_camera, queued)
        view.model.dropped.connect(self._dropped, queued)
        self.refresh()

    @property
    def actions(self) -> Sequence[QAction]:
        """Everything, for menus."""
        return [self.rename, self.move, self.master, self.reveal]

    def refresh(self) -> None:
        """Offer what can be done with what is chosen."""
        chosen = self._chosen()
        self.rename.setEnabled(bool(chosen))
        self.move.setEnabled(bool(chosen))
        self.reveal.setEnabled(bool(chosen))
        self.master.setEnabled(len(chosen) == 1)
        is_master = [row.key for row in chosen] == [self._arrangement.master]
        self.master.setChecked(is_master)

    def stop(self) -> None:
        """Stop looking for files."""
        self._looking.stop()

    def wait(self) -> None:
        """Block until no thread runs (closing the window; tests)."""
        self._looking.wait()

    # Cameras.

    def rename_camera(self, camera: str, name: str) -> None:
        """Call a camera something else."""
        document = self._document
        try:
            called = self._arrangement.called(camera, name, document.contents.cameras)
        except ProjectError:
            self.said.emit(self.tr("There is a camera called {name} already.").format(name=name))
            return
        document.arrange(self.tr("Rename {camera} to {name}").format(camera=camera, name=name), called)
        self._view.tree.choose_camera(name)

    def give(self, clips: Collection[str], camera: str) -> None:
        """Give clips to a camera; one that does not exist yet is made."""
        shoot = self._document.shoot
        known = (shoot.by_key[key] for key in clips if key in shoot.by_key)  # a drop arrives a little later
        rows = [row for row in known if row.clip.camera != camera]
        if not rows:
            return
        keys = [row.key for row in rows]
        given = self._arrangement.given(keys, camera, self._document.contents.cameras)
        what = rows[0].clip.name if len(rows) == 1 else self.tr("{count} clips").format(count=len(rows))
        text = self.tr("Move {clips} to {camera}").format(clips=what, camera=camera)
        self._document.arrange(text, given)
        self._selection.choose(keys)
        if self._document.synced:
            words = self.tr(
                "{clips} now belong to {camera}. Sync again to compare them with the others anew."
            )
            self.said.emit(words.format(clips=what, camera=camera))

    def _dropped(self, clips: Collection[str], camera: str) -> None:
        """Take clips that were dropped on a camera; beside all cameras they get a new one, to be named."""
        if camera:
            self.give(clips, camera)
            return
        name = self._unused_name()
        self.give(clips, name)
        self._view.tree.edit_camera(name)

    def _unused_name(self) -> str:
        taken = self._document.shoot.cameras
        words = self.tr("Camera {number}")
        number = len(taken) + 1
        while words.format(number=number) in taken:
            number += 1
        return words.format(number=number)

    # What actions do.

    def _rename(self) -> None:
        """Write over the name of the camera in hand, or of the clip's in hand."""
        camera = self._view.model.camera_at(self._view.tree.currentIndex())
        chosen = self._chosen()
        if not camera and chosen:
            camera = chosen[0].clip.camera
        self._window.activateWindow()
        self._view.tree.edit_camera(camera)

    def _move(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        camera = asking.ask_item(
            self._window,
            self.tr("Move to camera"),
            self.tr("Camera that recorded these clips; another name makes a new one:"),
            list(self._document.shoot.cameras),
            chosen[0].clip.camera,
        )
        if camera is not None:
            self.give([row.key for row in chosen], camera)

    def _set_master(self) -> None:
        chosen = self._chosen()
        if len(chosen) != 1:
            return
        row, said = chosen[0], self._arrangement
        if said.master == row.key:
            self._document.arrange(self.tr("Let Rushlock choose the master"), replace(said, master=""))
            return
        text = self.tr("Set {clip} as master").format(clip=row.clip.name)
        self._document.arrange(text, replace(said, master=row.key))
        self.said.emit(self.tr("{clip} is the master now.").format(clip=row.clip.name))

    def _reveal(self) -> None:
        """Show the file of the clip in hand, if it is still there; looking may take a while on a network."""
        row = self._document.shoot.by_key.get(self._selection.current)
        if row is None:
            return
        first = row.clip.files[:1]
        self._looking.start(
            lambda token: stages.missing_files(first, token), partial(self._reveal_found, first[0])
        )

    def _reveal_found(self, file: MediaFile, gone: Sequence[MediaFile]) -> None:
        if gone:
            words = self.tr("{path} is not there. Find moved media (Ctrl+Shift+F) looks for it.")
            self.said.emit(words.format(path=file.path))
        elif not reveal(file.path):
            self.said.emit(self.tr("No file manager answers. The file is {path}").format(path=file.path))

    def _make_actions(self) -> None:
        tr = self.tr
        self.rename = make_action(
            self._window, tr("Re&name camera"), "rename", "F2", tr("Give the camera another name")
        )
        self.move = make_action(
            self._window,
            tr("&Move to camera…"),
            "camera",
            "Ctrl+G",
            tr("Say which camera recorded the chosen clips; or drag them there"),
        )
        self.master = make_action(
            self._window,
            tr("Set as m&aster"),
            "master",
            "Ctrl+Shift+A",
            tr("Run all clocks straight against this clip"),
        )
        self.master.setCheckable(True)
        self.reveal = make_action(
            self._window, tr("&Reveal file"), "reveal", "Ctrl+R", tr("Show the file in the file manager")
        )
        for action, slot in (
            (self.rename, self._rename),
            (self.move, self._move),
            (self.master, self._set_master),
            (self.reveal, self._reveal),
        ):
            action.triggered.connect(lambda _=False, slot=slot: slot())

    @property
    def _arrangement(self) -> Arrangement:
        return self._document.contents.arrangement

    def _chosen(self) -> list[Row]:
        shoot = self._document.shoot
        return [shoot.by_key[key] for key in sorted(self._selection.keys) if key in shoot.by_key]
