"""The project held against a trusted timeline, in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from rushlock.export.registry import DIALECTS
from rushlock.gui import asking
from rushlock.gui.compare_timeline import ComparisonDialog
from rushlock.gui.comparison_table import CLIP, FRAMES, SECONDS, VERDICT
from rushlock.placements.sync_map import Status


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """Write what a window shows as a timeline in which some clips lie later by seconds; answer with it."""

    def write(window, **later):
        delivery = window.document.delivery()
        moved = {key.removeprefix("k"): seconds for key, seconds in later.items()}
        placements = tuple(
            replace(p, clock=p.clock.shifted(moved[p.clip])) if p.clip in moved else p
            for p in delivery.sync_map.placements
        )
        there = replace(delivery, sync_map=replace(delivery.sync_map, placements=placements))
        path = DIALECTS[".otio"].write(tmp_path / "trusted.otio", there)
        monkeypatch.setattr(asking, "ask_open", lambda *_: path)
        return path

    return write


def dialog_of(window):
    (dialog,) = (d for d in window.findChildren(ComparisonDialog) if d.isVisible())
    return dialog


def shown(dialog, column):
    model = dialog.table.clips
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_what_lies_elsewhere_stands_first_and_is_chosen_in_the_window_when_clicked(
    synced_window, idle, trusted, qtbot
):
    window, shoot = synced_window
    wrong, worse = shoot.of(Status.SYNCED)[:2]
    trusted(window, **{f"k{wrong}": 1.0, f"k{worse}": -2.0})
    assert window.actions_.compare.isEnabled()
    window.actions_.compare.trigger()
    assert not window.actions_.compare.isEnabled()  # one job at a time
    idle(window)
    dialog = dialog_of(window)
    placed = len(shoot.clips) - len(shoot.of(Status.UNSYNCED))
    assert f"{placed - 2} of {placed} clips that both place lie within a frame of trusted.otio" in (
        dialog.summary.text()
    )
    assert shown(dialog, VERDICT)[:2] == ["Elsewhere"] * 2
    a_frame = 1 / 25  # both timelines' places were rounded to frames
    assert [float(s) for s in shown(dialog, SECONDS)[:2]] == pytest.approx([2, -1], abs=a_frame)
    assert [float(f) for f in shown(dialog, FRAMES)[:2]] == pytest.approx([50, -25], abs=1)
    assert "Within a frame" not in shown(dialog, VERDICT)
    dialog.table.selectRow(0)
    assert window.selection.keys == {worse}
    dialog.every.setChecked(True)
    assert shown(dialog, VERDICT).count("Within a frame") == placed - 2
    dialog.table.sortByColumn(CLIP, Qt.SortOrder.DescendingOrder)
    names = shown(dialog, CLIP)
    assert names == sorted(names, key=str.casefold, reverse=True)
    dialog.close()


def test_where_all_agrees_every_clip_is_shown_and_a_report_can_be_written(
    synced_window, idle, trusted, monkeypatch, tmp_path
):
    window, _ = synced_window
    trusted(window)
    window.actions_.compare.trigger()
    idle(window)
    dialog = dialog_of(window)
    assert "the zero here is that of trusted.otio" in dialog.summary.text()
    assert set(shown(dialog, VERDICT)) == {"Left out", "Within a frame"} or not dialog.every.isChecked()
    monkeypatch.setattr(asking, "ask_save", lambda *_: (tmp_path / "report", ""))
    dialog.report.click()
    idle(window)
    assert "Compared with trusted.otio" in (tmp_path / "report.html").read_text(encoding="utf-8")
    dialog.close()


def test_a_timeline_of_another_shoot_is_one_sentence(synced_window, idle, monkeypatch, tmp_path):
    window, _ = synced_window
    (tmp_path / "cut.xml").write_text(
        '<xmeml version="5"><sequence><rate><timebase>25</timebase></rate></sequence></xmeml>',
        encoding="utf-8",
    )
    monkeypatch.setattr(asking, "ask_open", lambda *_: tmp_path / "cut.xml")
    window.actions_.compare.trigger()
    idle(window)
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert "cut.xml uses no file of this project" in box.text()
    box.close()


def test_nothing_can_be_compared_before_a_sync(window):
    assert not window.actions_.compare.isEnabled()
