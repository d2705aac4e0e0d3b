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
from rushlock.gui.main_window import MainWindow
from rushlock.gui.theme import dress
from rushlock.gui.warmup import warmed_up

_WARM_UP_AFTER_MS = 300

_log = logging.getLogger(__name__)


def run(argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code when it is closed.

    Args:
        argv: A project to open, or folders and files of rushes to begin with; may be empty.
    """
    set_up_logging()
    app = application()
    window = MainWindow()
    sys.excepthook = _Excepthook(window)
    window.show()
    paths = [Path(word) for word in argv]
    # Once the loop runs, so that the window is there before anything is asked.
    QTimer.singleShot(0, lambda: window.flows.take(paths) if paths else window.flows.offer_recovery())
    warmup = Runner(warmed_up)
    QTimer.singleShot(_WARM_UP_AFTER_MS, warmup.start)
    code = app.exec()
    warmup.cancel()
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
