"""The bin: what can be done with cameras and clips there, and that it stays quick and in step."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from rushlock.gui import asking
from rushlock.gui.bin import doing
from rushlock.gui.bin.columns import SPECS, Column
from rushlock.gui.bin.model import MIME, BinModel
from rushlock.gui.bin.reveal import process_for
from rushlock.gui.main_window import MainWindow
from rushlock.gui.standing import Standing
from rushlock.media.clip import Clip
from rushlock.media.probe import probe
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.project.document import Project

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def cameras_of(window):
    return {row.key: row.clip.camera for row in window.document.shoot.rows}


def saved_cameras(window):
    with Project.open(window.document.path) as second:
        return {clip.key: clip.camera for clip in second.clips()}


def dropped_on(window, keys, camera):
    """Drop clips on a camera of the bin, or beside all of them, as Qt does at the end of a drag."""
    model = window.bin.model
    data = model.mimeData([model.index_of(key) for key in keys])
    target = model.index_of_camera(camera)
    return model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)


def test_a_camera_is_renamed_in_place_by_keyboard_saved_and_undone(synced_window, qtbot):
    window, shoot = synced_window
    key, tree = shoot.clips[0].key, window.bin.tree
    window.selection.choose([key])
    window.bin_doing.rename.trigger()
    (editor,) = [each for each in tree.findChildren(QLineEdit) if each.isVisible()]
    assert editor.text() == "CAM_00"
    editor.setText("Wide")
    with qtbot.waitSignal(window.document.changed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert cameras_of(window)[key] == "Wide" == saved_cameras(window)[key]
    assert window.bin.model.camera_at(tree.currentIndex()) == "Wide", "the keyboard stays where it was"
    assert "Wide" in window.document.undo.undoText()
    window.document.undo.undo()
    assert cameras_of(window)[key] == "CAM_00" == saved_cameras(window)[key]


def test_a_camera_cannot_take_anothers_name_and_the_user_is_told(synced_window):
    window, _ = synced_window
    window.bin_doing.rename_camera("CAM_00", "CAM_01")
    assert "CAM_01" in window.foot.message.text()
    assert not window.document.undo.canUndo()


def test_clips_dropped_on_a_camera_belong_to_it_and_go_into_the_next_run(synced_window, idle, qtbot):
    window, shoot = synced_window
    keys = [clip.key for clip in shoot.clips[:2]]
    with qtbot.waitSignal(window.document.changed):
        assert dropped_on(window, keys, "CAM_01")
    assert [cameras_of(window)[key] for key in keys] == ["CAM_01"] * 2
    assert saved_cameras(window) == cameras_of(window)
    assert window.document.request().moved == dict.fromkeys(keys, "CAM_01")
    assert window.selection.keys == set(keys)
    window.flows.sync()
    idle(window)
    assert [cameras_of(window)[key] for key in keys] == ["CAM_01"] * 2, "a run overwrites nothing"
    window.document.undo.undo()
    assert [cameras_of(window)[key] for key in keys] == ["CAM_00"] * 2
    assert window.document.request().moved == {}


def test_clips_dropped_beside_all_cameras_get_one_of_their_own_to_be_named(synced_window, qtbot):
    window, shoot = synced_window
    with qtbot.waitSignal(window.document.changed):
        dropped_on(window, [shoot.clips[0].key], "")
    assert cameras_of(window)[shoot.clips[0].key] == "Camera 5"
    editors = [each for each in window.bin.tree.findChildren(QLineEdit) if each.isVisible()]
    assert [editor.text() for editor in editors] == ["Camera 5"]


def test_a_dragged_camera_carries_its_clips_and_foreign_data_is_refused(synced_window, qtbot):
    window, shoot = synced_window
    model, move = window.bin.model, Qt.DropAction.MoveAction
    camera, target = model.index_of_camera("CAM_03"), model.index_of_camera("CAM_00")
    carried = model.mimeData([camera, camera.siblingAtColumn(1)])
    assert carried.formats() == [MIME]
    with qtbot.waitSignal(window.document.changed):
        assert model.dropMimeData(carried, move, -1, -1, target)
    assert cameras_of(window)[shoot.clips[-1].key] == "CAM_00"
    text = QMimeData()
    text.setText("something else")
    assert not model.canDropMimeData(text, move, -1, -1, target)
    assert not model.dropMimeData(text, move, -1, -1, target)


def test_folders_dropped_on_the_tree_reach_the_window(synced_window, drop, tmp_path):
    window, _ = synced_window
    assert drop(window.bin.tree.viewport(), tmp_path), "rushes are dropped anywhere"


def test_clips_are_given_to_a_camera_by_keyboard(synced_window, monkeypatch):
    window, shoot = synced_window
    asked = []
    monkeypatch.setattr(asking, "ask_item", lambda *given: asked.append(given) or "Jib")
    window.selection.choose([shoot.clips[0].key])
    window.bin_doing.move.trigger()
    assert asked[0][3:] == (["CAM_00", "CAM_01", "CAM_02", "CAM_03"], "CAM_00")
    assert cameras_of(window)[shoot.clips[0].key] == "Jib"
    assert "Jib" in window.foot.message.text()


def test_the_master_is_set_marked_kept_and_taken_back(synced_window):
    window, shoot = synced_window
    found, key = shoot.clips[0].key, shoot.clips[1].key
    assert window.document.shoot.master == found
    window.selection.choose([key])
    window.bin_doing.master.trigger()
    assert window.document.shoot.master == key == window.bin.tree.names.master
    assert window.document.request().master == key
    assert "master" in window.bin.model.index_of(key).data(Qt.ItemDataRole.AccessibleTextRole)
    with Project.open(window.document.path) as second:
        assert second.arrangement().master == key
    assert window.bin_doing.master.isChecked()
    window.bin_doing.master.trigger()
    assert window.document.shoot.master == found
    window.document.undo.undo()
    assert window.document.shoot.master == key


def test_a_file_is_revealed_only_where_it_lies(synced_window, qtbot, monkeypatch):
    window, shoot = synced_window
    shown = []
    monkeypatch.setattr(doing, "reveal", lambda path: shown.append(path) or True)
    path = shoot.clips[0].path
    window.selection.choose([shoot.clips[0].key])
    window.bin_doing.reveal.trigger()
    qtbot.waitUntil(lambda: str(path) in window.foot.message.text())
    assert not shown
    path.parent.mkdir(parents=True)
    path.touch()
    window.bin_doing.reveal.trigger()
    qtbot.waitUntil(lambda: shown == [path])


@pytest.mark.parametrize("name", ["a b.mov", "; rm -rf ~.mov", "$(x) `y` & 'z'.mov", "-R.mov"])
def test_no_name_is_read_as_a_command(name):
    path = Path("/rushes") / name
    assert process_for(path, "darwin").arguments() == ["-R", str(path)]
    assert process_for(path, "win32").program() == "explorer.exe"
    assert process_for(path, "linux") is None


def test_a_spanned_clip_is_one_row_that_tells_its_parts(qapp, make_shoot, snapshot):
    shoot = make_shoot(1, 2)
    first, second = shoot.clips
    spanned = replace(first, files=(*first.files, *second.files))
    shoot.clips = [spanned]
    model = BinModel()
    model.show(snapshot(shoot))
    index = model.index_of(spanned.key)
    assert (index.data(), model.shown) == ("A001.mov (2 parts)", 1)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert [file.path.name in tip for file in spanned.files] == [True, True]
    model.narrow("a002")
    assert model.shown == 1, "a search finds a clip by any of its parts"


def test_one_decision_changes_one_clips_cells_and_its_cameras(qapp, make_shoot, snapshot):
    shoot = make_shoot(3, 8)
    key = shoot.clips[10].key
    before = snapshot(shoot)
    after = snapshot(shoot, {key: Decision(key, DecisionKind.REJECTED)}, before)
    model = BinModel()
    QAbstractItemModelTester(model, FATAL)
    model.show(before)
    told = []
    model.dataChanged.connect(lambda a, b, _: told.append((a.row(), b.row(), a.parent().row())))
    assert not model.show(after)
    assert told == [(2, 2, 1), (1, 1, -1)]
    assert model.index_of(key, Column.STATUS).data() == "Unsynced"


def test_a_decision_that_changes_the_order_resets_nothing(qapp, make_shoot, snapshot, qtbot):
    shoot = make_shoot(2, 8)
    key = shoot.clips[0].key
    before = snapshot(shoot)
    after = snapshot(shoot, {key: Decision(key, DecisionKind.EXCLUDED)}, before)
    model = BinModel()
    QAbstractItemModelTester(model, FATAL)
    model.show(before)
    model.sort(Column.STATUS)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.layoutChanged):
        assert not model.show(after)
    assert model.index_of(key).row() == 7, "what is excluded stands last"


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_clips_without_a_place_stand_last_in_either_order(qapp, make_shoot, snapshot, order):
    shown = snapshot(make_shoot(1, 14))
    model = BinModel()
    model.show(shown)
    model.sort(Column.PLACE, order)
    starts = [model.row_at(model.index(n, 0, model.index(0, 0))).start for n in range(14)]
    placed = [start for start in starts if start is not None]
    assert starts[len(placed) :] == [None, None]
    assert placed == sorted(placed, reverse=order is Qt.SortOrder.DescendingOrder)


def test_clip_ten_stands_after_clip_two(qapp, make_shoot, snapshot):
    shoot = make_shoot(1, 12)
    shoot.clips = [
        replace(clip, files=(replace(clip.files[0], path=clip.path.with_name(f"clip{n}.mov")),))
        for n, clip in enumerate(shoot.clips, 1)
    ]
    model = BinModel()
    model.show(snapshot(shoot))
    names = [model.index(n, 0, model.index(0, 0)).data() for n in range(12)]
    assert names == [f"clip{n}.mov" for n in range(1, 13)]


def test_every_column_has_a_title_and_says_what_it_sorts_by(qapp, make_shoot, snapshot):
    model = BinModel()
    model.show(snapshot(make_shoot(1, 1)))
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert list(SPECS) == list(Column)
    assert len(set(titles)) == len(Column)
    sound = model.index(0, Column.SOUND, model.index(0, 0))
    assert sound.data() == "2 ch · 48 kHz"


def test_columns_sorting_and_thumbnails_are_remembered(synced_window, qtbot):
    window, _ = synced_window
    tree = window.bin.tree
    tree.setColumnWidth(Column.REASON, 321)
    tree.setColumnHidden(Column.DRIFT, True)
    tree.sortByColumn(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    window.bin.show_pictures(False)
    window.bin.remember(window.state)
    other = MainWindow()
    qtbot.addWidget(other)
    header = other.bin.tree.header()
    assert other.bin.tree.columnWidth(Column.REASON) == 321
    assert other.bin.tree.isColumnHidden(Column.DRIFT)
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (
        Column.CONFIDENCE,
        Qt.SortOrder.DescendingOrder,
    )
    assert not other.bin.tree.names.pictures
    other.bin.tree.setColumnHidden(Column.DRIFT, False)
    menu = QMenu(other)
    other.bin.tree.fill_columns_menu(menu)
    (drift,) = [action for action in menu.actions() if action.text() == "Drift"]
    drift.trigger()
    assert other.bin.tree.isColumnHidden(Column.DRIFT)


def test_cameras_folded_stay_folded_and_the_rest_is_opened_in_turns(window, qtbot, make_shoot, snapshot):
    shoot = make_shoot(40, 30)
    view = window.bin
    view.show_shoot(snapshot(shoot))
    qtbot.waitUntil(lambda: not view._to_open)
    assert view.tree.closed_cameras() == set()
    view.tree.collapse(view.model.index_of_camera("CAM_03"))
    view.search.setText("A0")
    view.search.setText("")
    qtbot.waitUntil(lambda: not view._to_open)
    assert view.tree.closed_cameras() == {"CAM_03"}
    view._fold_all()
    assert len(view.tree.closed_cameras()) == 40
    view._unfold_all()
    qtbot.waitUntil(lambda: not view._to_open)
    assert not view.tree.closed_cameras()


def test_all_clips_chosen_stay_chosen_when_they_change_places(synced_window):
    window, shoot = synced_window
    window.bin.tree.selectAll()
    every = {clip.key for clip in shoot.clips}
    assert window.selection.keys == every
    window.bin.tree.sortByColumn(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    assert window.selection.keys == every == window.bin.tree.chosen_keys()


def test_what_is_chosen_in_a_camera_row_are_its_clips_that_are_shown(synced_window):
    window, shoot = synced_window
    window.bin.model.narrow("", Standing.REVIEW)
    window.bin.tree.choose_camera("CAM_01")
    assert window.selection.keys == {
        clip.key
        for clip, placement in zip(shoot.clips, shoot.placements, strict=True)
        if clip.camera == "CAM_01" and placement.status == "review"
    }


@pytest.fixture
def filmed(tmp_path, make_shoot, snapshot):
    """A snapshot whose only clip is a real file, white at first and black after a second."""
    import av
    import numpy as np

    path = tmp_path / "rushes" / "CAM_00" / "A001.mov"
    path.parent.mkdir(parents=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for number in range(75):
            grey = np.full((36, 64, 3), 235 if number < 25 else 16, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grey, "rgb24")))
        container.mux(stream.encode())
    shoot = make_shoot(1, 1)
    shoot.clips = [Clip(shoot.clips[0].key, "CAM_00", (probe(path),))]
    return snapshot(shoot)


def test_thumbnails_arrive_in_the_background_and_are_then_at_hand(window, qtbot, filmed):
    (row,) = filmed.rows
    service = window.thumbnails
    service.show_shoot(filmed)
    assert service.picture(row.key, Fraction(2)) is None
    assert service.picture(row.key) is None
    with qtbot.waitSignal(service.arrived, timeout=5000) as arrival:
        pass
    assert arrival.args == [row.key]
    service.wait()
    shown = [service.picture(row.key, at).toImage() for at in (None, Fraction(2))]
    white, black = (image.pixelColor(5, 5).lightness() for image in shown)
    assert white > 200 > 50 > black


def test_a_clip_whose_media_are_gone_is_tried_once(window, qtbot, filmed, monkeypatch):
    (row,) = filmed.rows
    row.clip.path.unlink()
    service = window.thumbnails
    service.show_shoot(filmed)
    assert service.picture(row.key) is None
    with qtbot.waitSignal(service._job.failed, timeout=5000):
        pass
    service.wait()
    monkeypatch.setattr(service._job, "start", lambda *_: pytest.fail("tried again"))
    assert service.picture(row.key) is None
    assert not service._fresh


def test_what_is_seen_now_is_made_before_what_was_scrolled_past(window, make_shoot, snapshot):
    shown = snapshot(make_shoot(1, 6))
    service = window.thumbnails
    service.show_shoot(shown)
    keys = [row.key for row in shown.rows]
    for turn in (keys[:3], keys[3:]):
        for key in turn:
            service.picture(key)
        service._queue()
    assert [key for key, _ in service._waiting] == [*keys[3:], *keys[:3]]
    service.stop()


def test_the_name_column_shows_the_picture(qtbot, synced_window, monkeypatch):
    window, shoot = synced_window
    red = QPixmap(128, 72)
    red.fill(Qt.GlobalColor.red)
    monkeypatch.setattr(window.thumbnails, "picture", lambda key, instant=None: red)
    tree = window.bin.tree
    index = window.bin.model.index_of(shoot.clips[1].key)
    tree.scrollTo(index)
    where = tree.visualRect(index)
    image = tree.viewport().grab(where).toImage()
    assert any(image.pixelColor(x, image.height() // 2).red() > 240 for x in range(min(image.width(), 80)))


@pytest.mark.parametrize("edge", ["top", "center", "bottom"])
def test_a_drop_anywhere_on_a_cameras_row_is_meant_for_a_camera(synced_window, qtbot, edge):
    window, shoot = synced_window
    tree, model = window.bin.tree, window.bin.model
    tree.collapseAll()
    rect = tree.visualRect(model.index_of_camera("CAM_01"))
    height = {"top": rect.top(), "center": rect.center().y(), "bottom": rect.bottom()}[edge]
    spot = QPointF(rect.center().x(), height)
    data = model.mimeData([model.index_of(shoot.clips[-1].key)])
    carried = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(spot.toPoint(), *carried), QDragMoveEvent(spot.toPoint(), *carried)):
        QApplication.sendEvent(tree.viewport(), event)
        assert event.isAccepted()
    with qtbot.waitSignal(window.document.changed):
        QApplication.sendEvent(tree.viewport(), QDropEvent(spot, *carried))
    assert cameras_of(window)[shoot.clips[-1].key] == ("CAM_00" if edge == "top" else "CAM_01")
    assert len(window.document.shoot.rows) == len(shoot.clips)
