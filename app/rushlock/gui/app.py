"""The program with a window: ``run`` is what ``rushlock`` without a command calls."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rushlock import __version__
from rushlock.base.log import set_up_logging
from rushlock.gui.bridge import Runner
from rushlock.gui.dialogs import failure_box
from rushlock.gui.icons import app_icon
from rushlock.gui.language import Language
from rushlock.gui.main_window import MainWindow
from rushlock.gui.state import WindowState
from rushlock.gui.theme import dress
from rushlock.gui.warmup import warmed_up

_WARM_UP_AFTER_MS = 300

SWITCH_INTERVAL_S = 0.0002
"""How long the window may have to wait for Python's lock, each time, while a stage computes in Python.

PySide takes the lock at the first call of each virtual method of each widget, to look for an override:
some 340 times when a window is painted for the first time, 50 afterwards. Under a running stage each may
take as long as this. With CPython's 5 ms the window stood still for up to a second; with 0.2 ms, and
everything painted before the thread starts (``MainWindow._paint_now``), for 8 to 26 ms in 20 of 20 fresh
starts. Either alone is not enough: 75 and 97 ms were seen. Not settled: in a process that had already shown
some thirty windows, on an idle machine, 77 to 83 ms were still met. The stage loses nothing measurable.
"""

_log = logging.getLogger(__name__)


def run(argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code when it is closed.

    Args:
        argv: A project to open, or folders and files of rushes to begin with; may be empty.
    """
    set_up_logging()
    app = application()
    state = WindowState()
    Language(state, app)
    window = MainWindow(state=state)
    sys.excepthook = _Excepthook(window)
    window.show()
    paths = [Path(word) for word in argv]
    # Once the loop runs, so that the window is there before anything is asked.
    QTimer.singleShot(0, lambda: window.program.begin(paths))
    warmup = Runner(warmed_up)
    QTimer.singleShot(_WARM_UP_AFTER_MS, warmup.start)
    code = app.exec()
    warmup.cancel()
    for worker in window.background:
        worker.wait()
    for running in (window.jobs, warmup):
        running.wait()
    return code


def application() -> QApplication:
    """Return the one application object, dressed."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
    else:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(["rushlock"])
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    app.setApplicationName("Rushlock")
    app.setApplicationDisplayName("Rushlock")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rushlock")
    app.setWindowIcon(app_icon())
    dress(app)
    return app


class _Excepthook:
    """The last stop of an unexpected exception: into the log and before the user's eyes, never silent."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.critical("Unexpected", exc_info=(kind, error, trace))
        box = failure_box(error, self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
