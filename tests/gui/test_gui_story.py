"""One evening at the desk: folders dropped, synced, reviewed by keyboard, undone, saved, killed, exported.

The shoot is really rendered, the whole pipeline really runs, and only questions that the system's own dialogs
would ask are answered by the test.
"""

import shutil
from dataclasses import replace
from fractions import Fraction

import opentimelineio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from rushlock.base.progress import CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.evaluation.casting import draw_event
from rushlock.evaluation.plan import CameraPlan, ClipPlan, MicrophonePlan, PicturePlan, ShootPlan
from rushlock.evaluation.scene.blocks import generator
from rushlock.evaluation.shoot import render
from rushlock.gui import asking
from rushlock.gui.export_dialog import ExportDialog
from rushlock.gui.main_window import MainWindow
from rushlock.gui.standing import Standing
from rushlock.gui.theme import standing_colour

pytestmark = pytest.mark.slow

FRAME = 1 / 25
HUE, VIVID = 5, 60  # of 360 and 255: hues of standings are 16 apart at least
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def plan():
    """Two cameras that hear each other; a third, silent one whose timecode alone says where it was."""
    here = draw_event(generator(3, "story"), "here", 0.0)
    picture = PicturePlan(FrameRate(Fraction(25)), 96, 54)
    places = {"CAM_A": (4.0, 2.0, 1.5), "CAM_B": (6.0, 3.0, 1.5), "CAM_C": (5.0, 4.0, 1.5)}
    cameras = tuple(
        CameraPlan(name, MicrophonePlan(at), suffix=".mp4", picture=picture, timecode_error=0.0)
        for name, at in places.items()
    )
    clips = (
        ClipPlan("CAM_A", "A001", "here", 2.0, 20.0),
        ClipPlan("CAM_B", "B001", "here", 4.0, 14.0),
        *(
            ClipPlan("CAM_C", f"C00{number}", "here", start, 3.0, silent=True)
            for number, start in ((1, 5.0), (2, 9.0), (3, 14.0))
        ),
    )
    return ShootPlan("story", 3, (here,), cameras, clips)


@pytest.fixture
def rushes(tmp_path):
    folder = tmp_path / "rushes"
    drain(render(plan(), folder, CancelToken()))
    return folder


def prefer(window):
    window.document.prefer(replace(window.document.settings, pictures="off", embeddings="off", workers=1))


def press(window, key, keys=PLAIN):
    window.activateWindow()
    QTest.keyClick(window.reviewing.view.table, key, keys)


def at(window, name):
    return next(row for row in window.document.shoot.rows if row.clip.name.startswith(name))


def standings(window):
    return {row.clip.name[:4]: row.standing for row in window.document.shoot.rows}


def painted(widget, standing):
    """Return how many points of a picture of a widget have the hue of a standing."""
    image, hue = widget.grab().toImage(), standing_colour(standing).hsvHue()
    points = (image.pixelColor(x, y) for y in range(0, image.height(), 3) for x in range(0, image.width(), 3))
    return sum(abs(at.hsvHue() - hue) <= HUE and at.hsvSaturation() > VIVID for at in points)


def answered(window, folder, idle):
    """Export as OTIO and return the timeline's clips with their starts, in seconds."""
    window.actions_.export.trigger()
    (dialog,) = [each for each in window.findChildren(ExportDialog) if each.isVisible()]
    dialog.choose("otio")
    dialog.accept()
    idle(window)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    box.close()
    timeline = opentimelineio.adapters.read_from_file(str(folder / "evening.otio"))
    return {
        clip.name: clip.transformed_time(clip.trimmed_range().start_time, timeline.tracks).to_seconds()
        for clip in timeline.find_clips()
    }


def test_an_evening_at_the_desk(window, drop, idle, qtbot, rushes, tmp_path, monkeypatch):
    settled = lambda desk: qtbot.waitUntil(lambda: not desk.reviewing.settler.busy, timeout=20_000)  # noqa: E731
    prefer(window)
    review = window.reviewing.view

    # The folders are dropped and synced.
    assert drop(window, *(rushes / name for name in ("CAM_A", "CAM_B", "CAM_C")))
    idle(window)
    assert set(standings(window).values()) == {Standing.WAITING}
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F5)
    idle(window)
    apart = at(window, "B001").start - at(window, "A001").start
    assert apart == pytest.approx(2.0, abs=FRAME / 2)
    assert {k: s for k, s in standings(window).items() if k[0] == "C"} == dict.fromkeys(
        ("C001", "C002", "C003"), Standing.REVIEW
    )
    window.tabs.setCurrentWidget(review)
    assert review.progress == "0 of 3 reviewed"
    assert window.selection.current == review.queue.open[0].key
    lane = window.timeline
    in_doubt = painted(lane, Standing.REVIEW)
    assert in_doubt > 100
    assert painted(lane, Standing.ACCEPTED) < in_doubt / 20

    # Three doubtful clips are reviewed by keyboard: the first is right, the second two frames late, the
    # third is of another moment; the last is thought better of, and then again.
    first, second, third = (item.key for item in review.queue.open)
    press(window, Qt.Key.Key_Return)
    assert window.selection.current == second
    before = window.document.shoot.by_key[second].start
    for _ in range(2):
        press(window, Qt.Key.Key_Period)
    press(window, Qt.Key.Key_Return)
    assert window.selection.current == third
    press(window, Qt.Key.Key_Backspace)
    settled(window)
    assert review.progress == "3 of 3 reviewed"
    assert window.document.undo.undoText().endswith("overlaps nothing")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.document.shoot.by_key[third].standing is Standing.REVIEW
    assert review.progress == "2 of 3 reviewed"
    assert window.document.undo.undoText().endswith("by 2 frames")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    settled(window)
    assert window.document.shoot.by_key[second].start - before == pytest.approx(2 * FRAME, abs=1e-6)
    assert [window.document.shoot.by_key[k].standing for k in (first, second, third)] == [
        Standing.ACCEPTED,
        Standing.MANUAL,
        Standing.UNSYNCED,
    ]
    assert painted(lane, Standing.ACCEPTED) > in_doubt / 6
    assert painted(lane, Standing.REVIEW) < in_doubt / 4
    assert at(window, "B001").start - at(window, "A001").start == pytest.approx(apart, abs=1e-3)

    # Saved under a name; then the power goes: what lies on the disk at that moment is all there is.
    monkeypatch.setattr(asking, "ask_save", lambda *_: (tmp_path / "evening", ""))
    assert window.flows.save_as()
    settled(window)
    last = window.document.shoot
    (tmp_path / "after").mkdir()
    survivor = tmp_path / "after" / "evening.rushlock"
    shutil.copy(tmp_path / "evening.rushlock", survivor)

    # Opened again, everything is as it was left, and it is exported.
    monkeypatch.setattr(asking, "ask_save", lambda *_: (tmp_path / "after" / "evening.otio", ""))
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    again.flows.open_project(survivor)
    idle(again)
    settled(again)
    idle(again)
    assert again.reviewing.view.progress == "3 of 3 reviewed"
    assert {r.key: (r.start, r.standing) for r in again.document.shoot.rows} == {
        r.key: (r.start, r.standing) for r in last.rows
    }
    starts = answered(again, tmp_path / "after", idle)
    names = {key: last.by_key[key].clip.name for key in (first, second, third)}
    zero = starts[at(again, "A001").clip.name]
    assert starts[names[third]] > zero + 20.0, "what overlaps nothing comes after all that does"
    for key in (first, second):
        wanted = last.by_key[key].start - at(again, "A001").start
        assert starts[names[key]] - zero == pytest.approx(wanted, abs=FRAME)
    for worker in again.background:
        worker.stop()
        worker.wait()
    again.document.close()
