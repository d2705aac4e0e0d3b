"""Shows a file in the platform's file manager. No shell is asked, so names may hold anything.

- Windows: Explorer chooses a file by ``/select,"path"``. It reads its command line itself, so the argument
  must be handed over as it is; a Windows path holds no quotation mark that could end it.
- macOS: ``open -R``.
- Elsewhere: the file manager's own service on the session bus, freedesktop's
  ``org.freedesktop.FileManager1``; where there is none, the folder is opened without choosing the file.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: Path) -> bool:
    """Show a file in its folder; returns whether a file manager took the wish."""
    path = path.absolute()
    process = process_for(path, sys.platform)
    if process is not None:
        return bool(process.startDetached()[0])
    return _ask_file_manager(path) or open_folder(path.parent)


def process_for(path: Path, platform: str) -> QProcess | None:
    """Return the program that shows a file on a platform as ``sys.platform`` names it, None: the bus does."""
    process = QProcess()
    if platform == "win32":
        process.setProgram("explorer.exe")
        native = getattr(process, "setNativeArguments", None)  # there on Windows only
        if native is not None:
            native(f'/select,"{path}"')
        return process
    if platform == "darwin":
        process.setProgram("/usr/bin/open")
        process.setArguments(["-R", str(path)])
        return process
    return None


def open_folder(folder: Path) -> bool:
    """Show a folder."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _ask_file_manager(path: Path) -> bool:
    """Ask the file manager on the session bus without waiting for it; returns whether there is a bus.

    Starting it may take seconds. If it refuses, the folder is opened.
    """
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
    except ImportError:  # built without
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    name, place = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"
    call = QDBusMessage.createMethodCall(name, place, name, "ShowItems")
    call.setArguments([[bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode()], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call), QCoreApplication.instance())

    def answered() -> None:
        if watcher.isError():
            open_folder(path.parent)
        watcher.deleteLater()

    watcher.finished.connect(answered)
    return True
