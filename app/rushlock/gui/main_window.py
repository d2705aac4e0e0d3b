"""The main window: all views of the document, kept in step with it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolBar,
    QToolButton,
)

from rushlock.gui import words
from rushlock.gui.actions import Actions, separator
from rushlock.gui.banner import FindingsBanner
from rushlock.gui.bin.doing import BinDoing
from rushlock.gui.bin.view import BinView
from rushlock.gui.compare.panel import ComparePanel
from rushlock.gui.compare_timeline import TimelineComparison
from rushlock.gui.considered import Considered
from rushlock.gui.desk import Desk
from rushlock.gui.details import DetailsPanel
from rushlock.gui.document import Document
from rushlock.gui.drop_page import DropPage
from rushlock.gui.flows import Flows
from rushlock.gui.foot import Foot
from rushlock.gui.icons import app_icon, icon
from rushlock.gui.jobs import Jobs
from rushlock.gui.panels import Panels
from rushlock.gui.peaks import Peaks
from rushlock.gui.player.view import PlayerView
from rushlock.gui.playhead import Playhead
from rushlock.gui.problems import ProblemsView
from rushlock.gui.program import Program
from rushlock.gui.review.part import ReviewPart
from rushlock.gui.review.queue import homeless
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Shoot
from rushlock.gui.side_job import Background
from rushlock.gui.standing import Standing
from rushlock.gui.state import WindowState
from rushlock.gui.thumbnails import Thumbnails
from rushlock.gui.timeline.doing import TimelineDoing
from rushlock.gui.timeline.view import Partners, TimelineView
from rushlock.gui.typing_guard import TypingGuard

_LEAST_SIZE = QSize(880, 560)


class MainWindow(QMainWindow):
    """Shows one document.

    Attributes:
        document: What is shown.
        flows: What the user can do with it.
    """

    def __init__(self, document: Document | None = None, state: WindowState | None = None) -> None:
        super().__init__()
        self.state = state or WindowState()
        self.document = document or Document(self)
        self.jobs = Jobs(self)
        self.selection = Selection(self)
        self.considered = Considered(self.selection, self)
        self.playhead = Playhead(self)
        self.thumbnails = Thumbnails(lambda: self.document.settings, self)
        self.peaks = Peaks(lambda: self.document.settings, self)
        self.actions_ = Actions(self)
        self.flows = Flows(self, self.document, self.jobs, self.selection, self.state)
        self.comparing = TimelineComparison(self, self.document, self.jobs, self.selection, self.state)
        self.reviewing = ReviewPart(self, self.document, self.selection, self.considered, self.actions_)
        self._typing = TypingGuard(self)
        self._closing = False
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(_LEAST_SIZE)
        self._make_views()
        self._make_panels()
        self._make_menus()
        self._make_toolbar()
        self.foot = Foot(self, self.jobs)
        self.program = Program(self, self.state, self.document, self.selection, self.flows, self.jobs)
        self._connect()
        self.panels.restore(self.state.layout)
        self._refresh()

    # Making.

    def _make_views(self) -> None:
        clip_menu = QMenu(self)
        clip_menu.addActions(self.reviewing.clip_menu)
        self.drop_page = DropPage(self)
        bin_menu = QMenu(self)
        self.bin = BinView(self.selection, bin_menu, self, self.thumbnails)
        self.bin.recall(self.state)
        self.bin_doing = BinDoing(self, self.document, self.selection, self.bin)
        bin_menu.addActions([*self.reviewing.clip_menu, separator(self), *self.bin_doing.actions])
        bin_menu.addAction(self.actions_.relink)
        partners = Partners(self.playhead, self.considered, self.peaks, self.thumbnails)
        self.timeline = TimelineView(self.selection, clip_menu, self, partners)
        self.timeline_doing = TimelineDoing(self, self.timeline, self.selection)
        self.timeline_doing.recall(self.state)
        self.details = DetailsPanel(self.selection, self)
        self.compare = ComparePanel(
            self.considered, self.playhead, self.peaks, lambda: self.document.settings, self
        )
        self.viewer = PlayerView(
            self.considered, self.playhead, self.peaks, lambda: self.document.settings, self
        )
        self.reviewing.deciding.marks = lambda: self.viewer.player.transport.marks
        self.problems = ProblemsView(self)
        self.banner = FindingsBanner(self)
        self.desk = Desk(self)
        self.tabs = self.desk.tabs
        self.desk.add_banner(self.banner)
        self.desk.add_banner(self.reviewing.banner)
        self.desk.add_tab(self.bin, self.tr("Clips"))
        self.desk.add_tab(self.reviewing.view, self.tr("Review"))
        self.desk.add_tab(self.problems, self.tr("Problems"))
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.drop_page)
        self._pages.addWidget(self.desk)
        self.setCentralWidget(self._pages)

    def _make_panels(self) -> None:
        self.panels = Panels(self)
        self.panels.add_side("viewer", self.tr("Viewer"), self.viewer)
        self.panels.add_side("compare", self.tr("Compare"), self.compare)
        self.panels.add_side("details", self.tr("Details"), self.details)
        self.panels.add_foot("timeline", self.tr("Timeline"), self.timeline)

    def _make_menus(self) -> None:
        stack = self.document.undo
        undo = stack.createUndoAction(self, self.tr("&Undo"))
        redo = stack.createRedoAction(self, self.tr("&Redo"))
        for action, drawing, keys in ((undo, "undo", "Ctrl+Z"), (redo, "redo", "Ctrl+Shift+Z")):
            action.setIcon(icon(drawing))
            action.setShortcut(keys)
        self._undo = [undo, redo]
        self._recent = QMenu(self.tr("Open &recent"), self)
        # What parts of the desk bring along, by title.
        self._more_menus: dict[str, Sequence[QAction]] = {
            self.tr("&Review"): self.reviewing.menu,
            self.tr("Pla&yer"): self.viewer.controls.menu,
            self.tr("&Pair"): self.compare.actions_of(self),
            self.tr("Ca&mera"): self.bin_doing.actions,
            self.tr("&Timeline"): self.timeline_doing.menu,
        }
        toggles = self.panels.toggles
        self.actions_.fill_menus(self.menuBar(), [undo, redo], toggles, self._recent, self._more_menus)

    def _make_toolbar(self) -> None:
        bar = QToolBar(self.tr("Main"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.toggleViewAction().setEnabled(False)
        acts = self.actions_
        bar.addActions([acts.add, acts.sync, acts.cancel])
        bar.addSeparator()
        bar.addActions([acts.open, acts.save_as, acts.export])
        bar.addSeparator()
        bar.addActions([acts.fit, acts.zoom_out, acts.zoom_in])
        for action in (acts.fit, acts.zoom_out, acts.zoom_in):
            _button(bar, action).setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action in bar.actions():
            if not action.isSeparator():
                _button(bar, action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        _button(bar, acts.sync).setObjectName("primary")
        self.addToolBar(bar)

    def _connect(self) -> None:
        acts, flows = self.actions_, self.flows
        for action, slot in (
            (acts.new, flows.new),
            (acts.open, flows.open),
            (acts.save, flows.save),
            (acts.save_as, flows.save_as),
            (acts.add, flows.add_folders),
            (acts.add_files, flows.add_files),
            (acts.import_timeline, flows.imports.ask),
            (acts.relink, flows.relink),
            (acts.export, flows.export),
            (acts.compare, self.comparing.ask),
            (acts.quit, self.close),
            (acts.sync, flows.sync),
            (acts.cancel, self.jobs.cancel),
            (acts.models, flows.show_models),
            (acts.find, self._find),
            (acts.palette, self.program.open_palette),
            (acts.fit, self.timeline.fit),
            (acts.zoom_in, self.timeline.zoom_in),
            (acts.zoom_out, self.timeline.zoom_out),
            (acts.preferences, self.program.edit_preferences),
            (acts.shortcuts, self.program.show_shortcuts),
            (acts.report, self.program.report_problem),
            (acts.about, self.program.show_about),
        ):
            action.triggered.connect(lambda _=False, slot=slot: slot())
        flows.said.connect(self.foot.say)
        self.program.reporting.said.connect(self.foot.say)
        self.program.reporting.ran = lambda: self.foot.history.rows
        self.reviewing.said.connect(self.foot.say)
        self.compare.said.connect(self.foot.say)
        self.reviewing.moved.connect(self.timeline.show_moves)
        self.timeline.move_asked.connect(self.reviewing.deciding.move)
        self.bin_doing.said.connect(self.foot.say)
        flows.named.connect(self._refresh_recent)
        self.drop_page.add_asked.connect(flows.add_folders)
        self.drop_page.open_asked.connect(flows.open)
        self.drop_page.recent_asked.connect(flows.open_project)
        self.document.changed.connect(self._refresh)
        self.selection.changed.connect(self._refresh_actions)
        self._connect_jobs()

    def _paint_now(self) -> None:
        """Paint everything before a job's thread starts.

        Qt would paint a moment later, under the running stage; where that is a widget's first paint it
        waits for Python's lock again and again (see ``app.SWITCH_INTERVAL_S``).
        """
        self.grab()

    def _connect_jobs(self) -> None:
        self.jobs.began.connect(self._refresh_actions)
        self.jobs.began.connect(self._paint_now)
        self.jobs.failed.connect(self.flows.show_failure)
        self.jobs.ended.connect(self._job_ended)

    # Keeping in step.

    def _refresh(self) -> None:
        shoot = self.document.shoot
        self.selection.keep(shoot.by_key)
        for view in (self.thumbnails, self.peaks, self.considered, self.bin, self.timeline, self.details):
            view.show_shoot(shoot)
        self.problems.problems.show_rows(shoot.unreadable)
        self.desk.count(self.bin, len(shoot.rows))
        self.reviewing.show_shoot(shoot)
        self.compare.show_shoot(shoot)
        self.viewer.show_shoot(shoot)
        self.desk.count(self.reviewing.view, len(self.reviewing.view.queue.open))
        self.desk.count(self.problems, len(shoot.unreadable))
        self.desk.show_tab(self.problems, bool(shoot.unreadable))
        self.banner.show_findings(shoot.findings)
        self._refresh_page(shoot)
        self._refresh_title()
        self._refresh_recent()
        self._refresh_actions()

    def _refresh_page(self, shoot: Shoot) -> None:
        self._pages.setCurrentIndex(int(self.document.begun))
        self.panels.show_desk(self.document.begun)
        self.foot.summary.setText(
            words.files_summary(shoot) if shoot.files else self.document.sources_summary
        )

    def _refresh_title(self) -> None:
        self.setWindowTitle(f"{self.document.title} – Rushlock" if self.document.begun else "Rushlock")
        named = self.document.begun and not self.document.unnamed
        self.setWindowFilePath(str(self.document.path) if named else "")

    def _refresh_recent(self) -> None:
        projects = self.state.recent
        self.drop_page.show_recent(projects)
        self._recent.clear()
        for path in projects:
            action = QAction(str(path), self._recent)
            action.triggered.connect(lambda _=False, path=path: self.flows.open_project(path))
            self._recent.addAction(action)
        self._recent.setEnabled(bool(projects))

    def _refresh_actions(self) -> None:
        acts, busy, shoot = self.actions_, self.jobs.busy, self.document.shoot
        chosen = [shoot.by_key[key] for key in self.selection.keys if key in shoot.by_key]
        acts.sync.setEnabled(self.document.begun and not busy)
        acts.cancel.setEnabled(busy)
        acts.cancel.setVisible(busy)
        acts.sync.setVisible(not busy)
        for action in (acts.new, acts.open, acts.add, acts.add_files, acts.import_timeline):
            action.setEnabled(not busy)
        for action in (acts.save, acts.save_as):
            action.setEnabled(self.document.begun and not busy)
        for action in (acts.fit, acts.zoom_in, acts.zoom_out, acts.find):
            action.setEnabled(self.document.begun)
        acts.relink.setEnabled(bool(shoot.rows) and not busy)
        for action in (acts.export, acts.compare):
            action.setEnabled(self.document.synced and not busy)
        acts.lock.setEnabled(
            any(row.start is not None and row.standing is not Standing.LOCKED for row in chosen)
        )
        acts.reject.setEnabled(any(row.start is not None or homeless(row) for row in chosen))
        acts.exclude.setEnabled(any(row.standing is not Standing.EXCLUDED for row in chosen))
        acts.release.setEnabled(any(row.decision is not None for row in chosen))

    def _find(self) -> None:
        self.tabs.setCurrentWidget(self.bin)
        self.bin.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bin.search.selectAll()

    def _job_ended(self) -> None:
        self._refresh_actions()
        if self._closing:
            self.close()

    # The window itself.

    @property
    def background(self) -> tuple[Background, ...]:
        """What works beside the jobs; stopped when the window closes, and then to be waited for."""
        return (
            self.thumbnails,
            self.peaks,
            self.bin_doing,
            self.timeline,
            self.compare,
            self.viewer,
            self.reviewing.settler,
            self.program.reporting,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs and save what is unnamed, both only as the user wishes."""
        if self.jobs.busy:
            event.ignore()
            if not self._closing and self.flows.agrees_to_stop():
                self._closing = True
                self.jobs.cancel()
            return
        self._closing = False
        if not self.flows.models_stopped(then=self.close):  # nothing is lost by it: nothing to ask
            event.ignore()
            return
        if not self.flows.agrees_to_part():
            event.ignore()
            return
        if self.document.begun:
            self.state.remember_layout(self.saveGeometry(), self.saveState())
            self.bin.remember(self.state)
            self.timeline_doing.remember(self.state)
        for worker in self.background:
            worker.stop()
        self.document.close()
        self.program.session.end()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders, anywhere on the window."""
        if _dropped_paths(event.mimeData()) and not self.jobs.busy:
            event.acceptProposedAction()
            self.drop_page.glow(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop glowing."""
        self.drop_page.glow(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project, import a dropped timeline, add dropped rushes."""
        self.drop_page.glow(False)
        event.acceptProposedAction()
        self.flows.take(_dropped_paths(event.mimeData()))


def _button(bar: QToolBar, action: QAction) -> QToolButton:
    button = bar.widgetForAction(action)
    if not isinstance(button, QToolButton):
        raise TypeError(action.text())
    return button


def _dropped_paths(data: QMimeData) -> Sequence[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
