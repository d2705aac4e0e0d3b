import subprocess
import sys

from PySide6.QtWidgets import QMessageBox

from rushlock.base.paths import log_folder
from rushlock.gui.app import _Excepthook

STORY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from rushlock.__main__ import main
from rushlock.gui import asking

asking.ask_choice = lambda *_: asking.Button.Discard

def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.windowTitle().endswith("Rushlock"))
    if window.jobs.busy or not window.document.begun:
        return QTimer.singleShot(20, look)
    print(len(window.document.shoot.rows), "clips")
    window.close()

from rushlock.gui.app import application
kept = application()
QTimer.singleShot(100, look)
sys.exit(main(sys.argv[1:]))
"""


def test_rushlock_with_a_folder_opens_lists_its_clips_and_closes_cleanly(write_wav, tmp_path):
    write_wav(tmp_path / "CAM_A" / "a.wav")
    write_wav(tmp_path / "CAM_B" / "b.wav", seed="other")
    ran = subprocess.run(
        [sys.executable, "-c", STORY, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "2 clips\n"), ran.stderr
    assert "Traceback" not in ran.stderr
    assert "QThread" not in ran.stderr


def test_an_exception_that_nobody_expected_is_shown_and_logged(window, caplog):
    try:
        raise ZeroDivisionError("nobody expected this")
    except ZeroDivisionError as error:
        _Excepthook(window)(type(error), error, error.__traceback__)
    (box,) = window.findChildren(QMessageBox)
    assert box.isVisible()
    assert "nobody expected this" in box.detailedText()
    assert "nobody expected this" in caplog.text
    assert str(log_folder()) in box.informativeText()
    box.close()
