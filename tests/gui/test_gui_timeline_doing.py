"""What the mouse and the playhead do in the timeline, and that it is quick."""

import gc
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QMainWindow

from rushlock.features.peaks import PeakTrack
from rushlock.gui.considered import Considered
from rushlock.gui.playhead import Playhead
from rushlock.gui.selection import Selection
from rushlock.gui.state import WindowState
from rushlock.gui.theme import colour, standing_colour
from rushlock.gui.timeline import overlay
from rushlock.gui.timeline.doing import TimelineDoing
from rushlock.gui.timeline.heights import Height
from rushlock.gui.timeline.sight import HEADER, RULER, STRIP
from rushlock.gui.timeline.stops import Stops
from rushlock.gui.timeline.view import MANY, Partners, TimelineView
from rushlock.placements.decisions import Decision, DecisionKind
from rushlock.placements.sync_map import Status

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Waves(QObject):
    """Peaks of every clip: loud from end to end, once they are let in."""

    arrived = Signal(str)

    def __init__(self):
        super().__init__()
        self.here = True
        levels = [np.tile(np.array([[-127, 127]], np.int8), (4**k, 1)) for k in range(8, 2, -1)]
        self.track = PeakTrack(tuple(levels), 1.0)

    def peaks(self, key, start, end, columns):
        return self.track.columns(start, end, columns) if self.here else None


class Pictures(QObject):
    """A red picture of everything."""

    arrived = Signal(str)

    def picture(self, key, instant=None):
        pixmap = QPixmap(128, 72)
        pixmap.fill(QColor("#ff0000"))
        return pixmap


@pytest.fixture
def desk(qtbot, make_shoot, snapshot):
    """A timeline with a selection, a playhead, a pair, waveforms and pictures."""
    selection, playhead = Selection(), Playhead()
    considered = Considered(selection)
    shown = TimelineView(selection, partners=Partners(playhead, considered, Waves(), Pictures()))
    qtbot.addWidget(shown)
    shown.resize(1200, 420)
    shoot = snapshot(make_shoot())
    considered.show_shoot(shoot)
    shown.show_shoot(shoot)
    shown.show()
    qtbot.waitUntil(lambda: shown._canvas.whole)
    return shown


def place_of(view, key):
    """Pixel columns of a clip's ends, and the row of its middle."""
    span, sight = view.lanes.span(key), view.sight
    number = view.lanes.where[key][0]
    row = sight.lane_top(number) + sight.stack.kinds[number].value // 2
    return sight.x(span[0]), sight.x(span[1]), row


def drag(qtbot, view, begin, end, keys=Qt.KeyboardModifier.NoModifier, button=LEFT):
    port = view.viewport()
    qtbot.mousePress(port, button, keys, begin)
    for share in (0.5, 1.0):
        at = begin + (end - begin) * share
        _move(view, at, keys, button)
    qtbot.mouseRelease(port, button, keys, end)


def _move(view, at, keys, button):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    no = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(at), no, button, keys)
    QApplication.sendEvent(view.viewport(), event)


def ground_of(view):
    """A point of the lanes where no clip is, above and left of all."""
    return QPoint(HEADER + 3, view.sight.head + 2)


def seen(view, x, y):
    return view.viewport().grab().toImage().pixelColor(round(x), round(y))


# Choosing.


def test_a_frame_drawn_on_the_ground_chooses_what_it_touches(qtbot, desk):
    lane = desk.lanes.lanes[0]
    right = desk.sight.x(float(lane.left[2])) + 2
    end = QPoint(round(right), desk.sight.lane_top(1) + 10)
    drag(qtbot, desk, ground_of(desk), end)
    wanted = {
        row.key
        for number in (0, 1)
        for row, left in zip(desk.lanes.lanes[number].rows, desk.lanes.lanes[number].left, strict=True)
        if desk.sight.x(left) <= right
    }
    assert desk.chosen == wanted
    assert len(wanted) > 3


def test_a_frame_with_control_adds_and_one_around_nothing_clears(qtbot, desk):
    desk.choose(["00030000"])
    lane = desk.lanes.lanes[0]
    end = QPoint(round(desk.sight.x(float(lane.left[0]))) + 2, desk.sight.head + 8)
    drag(qtbot, desk, ground_of(desk), end, CONTROL)
    assert desk.chosen == {"00030000", lane.rows[0].key}
    drag(qtbot, desk, ground_of(desk), ground_of(desk) + QPoint(6, 2))
    assert desk.chosen == frozenset()


def test_a_header_chooses_its_camera_and_its_arrow_makes_the_lane_taller(qtbot, desk):
    top = desk.sight.lane_top(1)
    qtbot.mouseClick(desk.viewport(), LEFT, pos=QPoint(80, top + 8))
    assert desk.chosen == {row.key for row in desk.lanes.lanes[1].rows}
    assert desk.sight.stack.kinds[1] is Height.WAVE
    qtbot.mouseClick(desk.viewport(), LEFT, pos=QPoint(8, top + 8))
    assert list(desk.sight.stack.kinds[:3]) == [Height.WAVE, Height.FILM, Height.WAVE]


def test_a_lane_is_dragged_to_another_height_by_its_lower_edge(qtbot, desk):
    edge = desk.sight.lane_top(1)
    drag(qtbot, desk, QPoint(60, edge - 1), QPoint(60, desk.sight.lane_top(0) + Height.SMALL.value + 2))
    assert desk.sight.stack.kinds[0] is Height.SMALL
    assert desk.sight.stack.kinds[1] is Height.WAVE


def test_shift_with_an_arrow_adds_the_next_clip(qtbot, desk):
    rows = desk.lanes.lanes[0].rows
    desk.choose([rows[0].key])
    qtbot.keyClick(desk, Qt.Key.Key_Right, SHIFT)
    assert desk.chosen == {rows[0].key, rows[1].key}


def test_zooming_to_chosen_clips_shows_them_and_little_else(desk):
    keys = [row.key for row in desk.lanes.lanes[1].rows[2:4]]
    desk.choose(keys)
    desk.zoom_to_chosen()
    left, right = desk.lanes.span(keys[0])[0], desk.lanes.span(keys[1])[1]
    sight = desk.sight
    assert sight.left <= left < right <= sight.right
    assert right - left > 0.9 * (sight.right - sight.left)


def test_the_height_of_all_lanes_is_remembered(desk, qtbot):
    state, window = WindowState(), QMainWindow()
    qtbot.addWidget(window)
    doing = TimelineDoing(window, desk, desk._selection)
    doing.recall(state)
    assert set(desk.sight.stack.kinds[:4]) == {Height.WAVE}
    doing.taller.trigger()
    doing.remember(state)
    desk.make_all_tall(Height.SMALL)
    doing.recall(WindowState())
    assert set(desk.sight.stack.kinds) == {Height.FILM}


# Panning.


def test_the_middle_button_takes_the_ground_along(qtbot, desk):
    desk.zoom(8)
    before = desk.sight.left
    drag(qtbot, desk, QPoint(700, 200), QPoint(600, 200), button=MIDDLE)
    assert desk.sight.left == pytest.approx(before + 100 / desk.sight.scale, abs=1 / desk.sight.scale)


def test_dragging_the_map_pans_and_its_side_zooms(qtbot, desk):
    desk.zoom(6)
    strip, before = desk.map, desk.sight
    qtbot.waitUntil(lambda: strip._view == (before.left, before.right))
    left, right = strip._frame
    drag_on = lambda begin, end: _drag_map(qtbot, strip, begin, end)  # noqa: E731
    drag_on(QPoint(round((left + right) / 2), 10), QPoint(round((left + right) / 2) + 50, 10))
    moved = desk.sight.left - before.left
    assert moved == pytest.approx(50 / strip._scale, abs=2 / strip._scale)
    assert desk.sight.scale == pytest.approx(before.scale)
    qtbot.waitUntil(lambda: strip._view == (desk.sight.left, desk.sight.right))
    right = strip._frame[1]
    drag_on(QPoint(round(right), 10), QPoint(round(right) - 40, 10))
    assert desk.sight.scale > 1.2 * before.scale


def _drag_map(qtbot, strip, begin, end):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    qtbot.mousePress(strip, LEFT, pos=begin)
    kind, no = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, QPointF(end), QPointF(end), Qt.MouseButton.NoButton, LEFT, no)
    QApplication.sendEvent(strip, event)
    qtbot.mouseRelease(strip, LEFT, pos=end)


# The playhead.


def test_dragging_in_the_ruler_takes_the_playhead_along_and_it_stops_at_a_clips_end(qtbot, desk):
    row = desk.lanes.lanes[2].rows[1]
    x, _, _ = place_of(desk, row.key)
    drag(qtbot, desk, QPoint(HEADER + 40, 10), QPoint(round(x) + 5, 10))
    axis = desk.playhead_axis
    ends = np.concatenate(
        [side for lane in desk.lanes.lanes if lane.placed for side in (lane.left, lane.right)]
    )
    assert np.abs(ends - axis).min() == 0
    assert abs(desk.sight.x(axis) - (x + 5)) <= 9
    drag(qtbot, desk, QPoint(HEADER + 40, 10), QPoint(round(x) + 5, 10), SHIFT)
    assert desk.sight.x(desk.playhead_axis) == pytest.approx(round(x) + 5, abs=0.5)


def test_the_playhead_walks_from_end_to_end_of_all_clips(desk):
    ends = sorted(
        {
            round(float(end), 6)
            for lane in desk.lanes.lanes
            if lane.placed
            for side in (lane.left, lane.right)
            for end in side
        }
    )
    desk.go_to(ends[0])
    walked = [desk.playhead_axis]
    for _ in ends[1:]:
        desk.go_to_stop(1)
        walked.append(desk.playhead_axis)
    assert walked == pytest.approx(ends, abs=2e-6)
    desk.go_to_stop(1)
    assert desk.playhead_axis == walked[-1]
    desk.go_to_stop(-1)
    assert desk.playhead_axis == pytest.approx(ends[-2], abs=2e-6)


def test_the_playhead_speaks_the_clock_of_its_group(desk):
    row = desk.lanes.lanes[0].rows[0]
    desk.go_to(desk.lanes.span(row.key)[0])
    assert (desk.playhead.group, desk.playhead.seconds) == (0, pytest.approx(row.start))


def test_the_page_turns_when_the_playhead_runs_out_of_view(desk):
    desk.zoom(10)
    sight = desk.sight
    desk.go_to(sight.right - 0.01)
    assert desk.sight.left == sight.left
    desk.go_to(sight.right + 1)
    assert desk.sight.left > sight.left
    assert desk.sight.left < desk.playhead_axis < desk.sight.right


def test_a_playhead_that_moves_paints_nothing_anew(qtbot, desk, monkeypatch):
    painted = []
    monkeypatch.setattr(desk._canvas, "paint", lambda *_: painted.append(1))
    desk.go_to(desk.sight.left + 40 / desk.sight.scale + 3)
    x = round(desk.sight.x(desk.playhead_axis))
    assert seen(desk, x, desk.sight.height - 4) == QColor("#ff5a4e")
    assert not painted


# Nudging.


def test_dragging_with_control_asks_for_a_move_by_whole_frames_and_moves_nothing(qtbot, desk):
    row = desk.lanes.lanes[0].rows[1]
    desk.zoom_to_chosen()
    desk.show_span(desk.lanes.span(row.key)[0] - 5, desk.lanes.span(row.key)[1] + 5)
    left, right, y = place_of(desk, row.key)
    begin = QPoint(round((left + right) / 2), y)
    before = desk.lanes.span(row.key)
    with qtbot.waitSignal(desk.move_asked) as asked:
        drag(qtbot, desk, begin, begin + QPoint(37, 0), CONTROL | SHIFT)
    key, seconds = asked.args
    assert key == row.key
    assert seconds == pytest.approx(37 / desk.sight.scale, abs=0.02)
    assert seconds * 25 == pytest.approx(round(seconds * 25), abs=1e-9)
    assert desk.lanes.span(row.key) == before


def test_a_dragged_clip_snaps_its_end_to_the_playhead(qtbot, desk):
    row = desk.lanes.lanes[0].rows[1]
    low = desk.lanes.span(row.key)[0]
    desk.show_span(low - 20, low + 20)
    stops = Stops(desk.lanes)
    wanted = next(low + 4 + k * 0.37 for k in range(50) if stops.near(low + 4 + k * 0.37, 0.6) is None)
    desk.go_to(wanted)
    left, _, y = place_of(desk, row.key)
    begin = QPoint(round(left) + 30, y)
    by = round((wanted - low) * desk.sight.scale) + 5
    with qtbot.waitSignal(desk.move_asked) as asked:
        drag(qtbot, desk, begin, begin + QPoint(by, 0), CONTROL)
    assert asked.args[1] == pytest.approx(wanted - low, abs=1e-9)


def test_a_click_with_control_asks_for_nothing_and_escape_takes_a_drag_back(qtbot, desk):
    asked = []
    desk.move_asked.connect(lambda *args: asked.append(args))
    row = desk.lanes.lanes[0].rows[1]
    left, right, y = place_of(desk, row.key)
    at = QPoint(round((left + right) / 2), y)
    qtbot.mouseClick(desk.viewport(), LEFT, CONTROL, at)
    assert desk.chosen == {row.key}
    qtbot.mousePress(desk.viewport(), LEFT, CONTROL, at)
    _move(desk, at + QPoint(60, 0), CONTROL, LEFT)
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.mouseRelease(desk.viewport(), LEFT, CONTROL, at + QPoint(60, 0))
    assert not asked


def test_a_locked_clip_cannot_be_dragged(qtbot, desk, make_shoot, snapshot):
    shoot = make_shoot()
    placed = next(p for p in shoot.placements if p.status is Status.SYNCED)
    locked = Decision(placed.clip, DecisionKind.LOCKED, placed.clock, placed.group)
    desk.show_shoot(snapshot(shoot, {placed.clip: locked}))
    asked = []
    desk.move_asked.connect(lambda *args: asked.append(args))
    left, right, y = place_of(desk, placed.clip)
    begin = QPoint(round((left + right) / 2), y)
    drag(qtbot, desk, begin, begin + QPoint(60, 0), CONTROL)
    assert not asked


# What is seen.


def test_waveforms_are_drawn_when_they_arrive(qtbot, make_shoot, snapshot):
    waves = Waves()
    waves.here = False
    view = TimelineView(Selection(), partners=Partners(peaks=waves))
    qtbot.addWidget(view)
    view.resize(1200, 420)
    view.show_shoot(snapshot(make_shoot()))
    view.show()
    key = view.lanes.lanes[0].rows[1].key
    left, right, _ = place_of(view, key)
    top = view.sight.lane_top(0)
    at = (left + right) / 2, top + Height.WAVE.value - 12
    qtbot.waitUntil(lambda: view._canvas.whole)
    before = seen(view, *at)
    waves.here = True
    waves.arrived.emit(key)
    qtbot.waitUntil(lambda: seen(view, *at) != before, timeout=2000)
    assert seen(view, *at).lightnessF() > before.lightnessF() + 0.15


def test_pictures_stand_in_tall_lanes_only(qtbot, desk):
    row = desk.lanes.lanes[0].rows[1]
    desk.show_span(*desk.lanes.span(row.key))
    red = lambda: _reds(desk.viewport().grab().toImage())  # noqa: E731
    qtbot.waitUntil(lambda: desk._canvas.whole)
    assert red() == 0
    desk.make_tall(0, Height.FILM)
    qtbot.waitUntil(lambda: red() > 45 * 80)


def _reds(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return int(np.count_nonzero(pixels == 0xFFFF0000))


def test_doubtful_clips_thinner_than_a_pixel_are_not_hidden_by_sure_ones(qtbot, make_shoot, snapshot):
    shoot = make_shoot(1, 8)
    first, doubtful = shoot.placements[0], shoot.of(Status.REVIEW)[0]
    shoot.placements = [
        replace(p, clock=first.clock.shifted(0.001 * number)) if p.clock else p
        for number, p in enumerate(shoot.placements)
    ]
    far = replace(first, clip=shoot.clips[-1].key, clock=first.clock.shifted(3_000_000))
    shoot.placements[-1] = far
    view = TimelineView(Selection())
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show_shoot(snapshot(shoot))
    view.show()
    number = view.lanes.where[doubtful][0]
    x = int(view.sight.x(view.lanes.span(doubtful)[0]))
    assert view.lanes.span(doubtful)[1] - view.lanes.span(doubtful)[0] < 1 / view.sight.scale
    inked = seen(view, x, view.sight.lane_top(number) + 3)
    assert inked == standing_colour(view.lanes.shoot.by_key[doubtful].standing)


def test_groups_are_named_above_their_stretches(qtbot, desk, make_shoot, snapshot):
    assert desk.sight.head == RULER
    shoot = make_shoot(2, 5)
    other = {clip.key for clip in shoot.clips if clip.camera == "CAM_01"}
    shoot.placements = [
        replace(p, group=1, clock=p.clock.shifted(-36_000)) if p.clip in other and p.clock else p
        for p in shoot.placements
    ]
    desk.show_shoot(replace(snapshot(shoot), time_of_day=(True, False)))
    assert desk.sight.head == RULER + STRIP
    first, second = desk.lanes.axis.stretches
    gap = desk.sight.x((first.right + second.left) / 2)
    assert seen(desk, gap, RULER + STRIP - 4) == colour("window")
    assert seen(desk, desk.sight.x(second.left) + 30, RULER + STRIP - 4) != colour("window")


def test_moved_clips_leave_ghosts_that_fade(qtbot, desk, monkeypatch):
    lane = desk.lanes.lanes[1]
    row, ground = lane.rows[0], float(lane.right[0])  # two seconds at least are free behind every clip
    desk.show_span(ground - 10, ground + 10)
    at, y = desk.sight.x(ground + 1), desk.sight.lane_top(1) + 10
    qtbot.waitUntil(lambda: desk._canvas.whole)
    before = seen(desk, at, y)
    desk.show_moves({row.key: row.start + float(ground - lane.left[0]) + 0.5})
    assert seen(desk, at, y) != before
    monkeypatch.setattr(overlay, "LASTING_S", 0.0)
    qtbot.waitUntil(lambda: not desk._fade.isActive(), timeout=2000)
    assert seen(desk, at, y) == before


def test_the_clip_in_hand_is_seen_where_it_is_being_considered(qtbot, desk):
    row = desk.lanes.lanes[1].rows[2]
    desk.choose([row.key])
    pair = desk._with.considered
    assert pair.node.key == row.key
    assert desk._overlay._considered_ghost(desk.lanes) is None
    pair.nudge(100.0)
    ghost = desk._overlay._considered_ghost(desk.lanes)
    # A nudge counts on the master's clock, which runs some ppm beside the group's.
    assert ghost.left == pytest.approx(desk.lanes.span(row.key)[0] + 100, abs=100 * 1e-4)
    assert ghost.lane == 1


# Refreshing.


def test_cameras_that_did_not_change_are_not_laid_out_anew(make_shoot, snapshot):
    from rushlock.gui.timeline.lanes import Lanes

    shoot = make_shoot()
    before = snapshot(shoot)
    lanes = Lanes(before)
    placed = next(p for p in shoot.placements if p.status is Status.SYNCED)
    decided = {placed.clip: Decision(placed.clip, DecisionKind.LOCKED, placed.clock, placed.group)}
    again = Lanes(snapshot(shoot, decided, before), lanes)
    kept = [name for name, strip in again._strips.items() if strip is lanes._strips[name]]
    assert set(again._strips) - set(kept) == {before.by_key[placed.clip].clip.camera}


def test_many_clips_are_laid_out_beside_the_main_thread(qtbot, make_shoot, snapshot):
    view = TimelineView(Selection())
    qtbot.addWidget(view)
    view.show()
    shoot = snapshot(make_shoot(25, MANY // 25))
    with qtbot.waitSignal(view.laid_out):
        view.show_shoot(shoot)
        assert view.lanes.empty
    assert view.lanes.shoot is shoot
    view.wait()


# Speed.


@pytest.fixture
def crowd(qtbot, make_shoot, snapshot):
    """A hundred cameras with a hundred clips each, all of them in view."""
    view = TimelineView(Selection(), partners=Partners(peaks=Waves(), thumbnails=Pictures()))
    qtbot.addWidget(view)
    view.resize(1920, 2500)
    with qtbot.waitSignal(view.laid_out):
        view.show_shoot(snapshot(make_shoot(100, 100)))
    view.wait()
    view.show()
    qtbot.waitUntil(lambda: view._canvas.whole)
    gc.collect()
    return view


@pytest.mark.latency
@pytest.mark.parametrize("kind", Height)
@pytest.mark.parametrize("zoom", [1, 2, 5, 20, 100, 1000])
def test_a_full_view_of_ten_thousand_clips_is_painted_within_a_frames_time(qtbot, crowd, kind, zoom):
    crowd.make_all_tall(kind)
    crowd.fit()
    crowd.zoom(zoom, 900)
    took = []  # of the processor's time: painting waits for nothing, and neighbours do not count
    for _ in range(7):
        crowd.repaint_all()
        begun = time.thread_time()
        crowd.viewport().repaint()
        took.append(time.thread_time() - begun)
    assert sorted(took)[len(took) // 2] < 0.016
    qtbot.waitUntil(lambda: crowd._canvas.whole)


@pytest.mark.latency
def test_a_snapshot_of_ten_thousand_clips_does_not_hold_the_window_up(
    crowd, make_shoot, snapshot, longest_gap, qtbot
):
    shoot = snapshot(make_shoot(100, 100))
    begun = time.thread_time()
    crowd.show_shoot(shoot)
    assert time.thread_time() - begun < 0.005
    assert longest_gap(1.0) < 0.05
    assert crowd.lanes.shoot is shoot
    crowd.wait()
