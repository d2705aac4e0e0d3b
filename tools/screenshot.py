"""Take the README's picture: the real window on a project that was really synced.

    python tools/screenshot.py PROJECT.rushlock resources/screenshots/desk.png

Works without a display (Qt's offscreen platform), so it needs fonts installed, such as fonts-dejavu-core.
"""

import argparse
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

SIZE = (1440, 900)
SETTLE_MS = 300


def main() -> None:
    """Open the project, let the window settle, save its picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("picture", type=Path)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as config:
        os.environ["RUSHLOCK_CONFIG"] = config
        _take(chosen.project, chosen.picture)


def _take(project: Path, picture: Path) -> None:
    from rushlock.gui.app import application
    from rushlock.gui.main_window import MainWindow

    app = application()
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    window.flows.open_project(project)
    _settle(window)
    picture.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(picture)):
        raise SystemExit(f"{picture} cannot be written")
    window.document.close()
    app.processEvents()


def _settle(window) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - Qt is loaded later
    """Turn the event loop until nothing runs and everything is laid out."""
    loop = QEventLoop()
    watch = QTimer(interval=SETTLE_MS)
    watch.timeout.connect(lambda: None if window.jobs.busy else loop.quit())
    watch.start()
    loop.exec()


if __name__ == "__main__":
    main()
