"""The viewer shows the frames that lie together at the lag, goes where it is told, and says what is wrong."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from rushlock.base.clock import Clock
from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.evaluation.numbered import number_in, write_numbered
from rushlock.gui.considered import Considered
from rushlock.gui.player.arranging import Layout, fitted, picture_area
from rushlock.gui.player.view import PlayerView
from rushlock.gui.playhead import Playhead
from rushlock.gui.selection import Selection
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.media.clip import Clip
from rushlock.media.playing.clock import RunningClock
from rushlock.media.probe import probe
from rushlock.placements.sync_map import Placement, Status

STARTS = {"A": (100.0, 25), "B": (100.28, 50), "C": (100.1, 25), "D": (200.0, 25)}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("viewer")
    for name, (_, fps) in STARTS.items():
        stamps = [Fraction(n, fps) for n in range(4 * fps)]
        path = folder / f"{name}.mp4"
        write_numbered(path, stamps, rate=Fraction(fps), size=(128, 72), options={"g": "50"})
    return folder


def row_of(folder, name):
    clip = Clip(name, f"CAM_{name}", (probe(folder / f"{name}.mp4"),))
    placement = Placement(name, 0, Clock.line(STARTS[name][0]), Status.SYNCED, 0.99, "")
    start = STARTS[name][0]
    return Row(clip, placement, None, Standing.SYNCED, start, start + 4.0)


class Desk:
    """What the viewer is put on."""

    def __init__(self, folder, qtbot):
        self.selection, self.playhead = Selection(), Playhead()
        self.considered = Considered(self.selection)
        self.view = PlayerView(self.considered, self.playhead, None, Settings)
        self.player, self.qtbot = self.view.player, qtbot
        qtbot.addWidget(self.view)
        self.view.resize(640, 420)
        self.view.show()
        self.show(Shoot(tuple(row_of(folder, name) for name in STARTS), rate=FrameRate(Fraction(25))))
        self.selection.choose(["B"])
        self.considered.against("A")
        self.settle()

    def show(self, shoot):
        self.considered.show_shoot(shoot)
        self.view.show_shoot(shoot)

    def settle(self):
        self.qtbot.waitUntil(lambda: all(pane.look.exact for pane in self.player.panes), timeout=20_000)

    @property
    def numbers(self):
        self.settle()
        return [number_in(pane._pixels) for pane in self.player.panes]

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.view, key, modifier)


@pytest.fixture
def desk(files, qtbot):
    made = Desk(files, qtbot)
    yield made
    made.view.stop()
    made.view.wait()


def test_both_show_the_moment_at_which_the_later_one_begins(desk):
    assert desk.player.transport.at == pytest.approx(0.28)
    assert desk.numbers == [7, 0]


def test_arrows_step_the_masters_frames_and_the_node_goes_along(desk):
    desk.view.setFocus()
    for expected in ([8, 3], [9, 5], [10, 7]):  # in the middle of the master's frame, at twice the rate
        desk.key(Qt.Key.Key_Right)
        assert desk.numbers == expected
    desk.key(Qt.Key.Key_Left)
    assert desk.numbers == [9, 5]
    desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert desk.numbers == [34, 55]
    desk.key(Qt.Key.Key_Home)
    assert desk.numbers == [7, 0]
    desk.key(Qt.Key.Key_End)
    assert desk.numbers == [99, 185]


@pytest.mark.parametrize(
    ("key", "modifier", "seconds"),
    [
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, 1 / 50),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, -1 / 50),
        (Qt.Key.Key_Greater, Qt.KeyboardModifier.NoModifier, 10 / 50),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.AltModifier, -1 / 1000),
    ],
)
def test_a_nudge_moves_the_node_alone_and_the_shown_pair_is_that_of_the_new_lag(desk, key, modifier, seconds):
    desk.player.transport.go(2.01)
    master, node = desk.numbers
    desk.key(key, modifier)
    assert desk.considered.lag == pytest.approx(0.28 + seconds)
    assert desk.numbers == [master, int((2.01 - 0.28 - seconds) * 50 + 1e-6)]
    assert master == 50
    assert node == 86
    assert "moved" in desk.view._moved.text()


def test_playing_shows_frames_on_and_both_stay_together(desk):
    now = 0.0
    desk.player.transport.clock = RunningClock(lambda: now)
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Space)
    shown = []
    for _ in range(90):  # time goes on when both are there: no machine is too slow
        now += 1 / 60
        desk.player.tick()
        desk.settle()
        shown.append(tuple(pane.look.begin for pane in desk.player.panes))
    desk.key(Qt.Key.Key_K)
    assert desk.player.transport.speed == 0
    assert [master for master, _ in shown] == sorted(master for master, _ in shown)
    assert len({master for master, _ in shown}) == 38  # 1.5 s at 25, both ends counted
    # At any instant the two frames on screen began within the longer frame of each other, at the lag.
    apart = {(master, node) for master, node in shown if abs(master - (node + 0.28)) > 1 / 25 + 0.001}
    assert not apart


def test_marks_in_both_are_the_middles_of_the_frames_on_screen(desk):
    desk.player.transport.go(1.01)
    desk.settle()
    desk.key(Qt.Key.Key_I)
    desk.player.transport.go(2.01)
    desk.settle()
    with desk.qtbot.waitSignal(desk.view.marked) as marked:
        desk.key(Qt.Key.Key_O)
    assert marked.args == [pytest.approx(1.02), pytest.approx(86.5 / 50)]
    assert desk.view.controls.loop.isEnabled()


def test_the_playhead_leads_and_is_led(desk):
    desk.playhead.move(102.5, 0)
    assert desk.player.transport.at == pytest.approx(2.5)
    assert desk.numbers == [62, 111]
    desk.player.transport.go(3.0)
    assert (desk.playhead.seconds, desk.playhead.group) == (pytest.approx(103.0), 0)
    desk.playhead.move(5.0, 1)  # another group's clock means nothing here
    assert desk.player.transport.at == pytest.approx(3.0)


def test_cameras_that_run_at_the_moment_are_shown_together(desk):
    desk.player.transport.go(1.01)
    desk.view._arrange(Layout.NINE)
    assert [pane.row.key for pane in desk.player.panes] == ["A", "B", "C"]
    assert desk.numbers == [25, 36, 22]
    desk.qtbot.waitUntil(lambda: len({pane.image.size().toTuple() for pane in desk.player.panes}) == 1)
    desk.playhead.move(201.01, 0)
    desk.settle()
    assert [pane.row.key for pane in desk.player.panes] == ["A", "B", "D"]
    assert desk.player.panes[0].word == "over"
    assert desk.player.panes[0].image is None


def test_the_edge_of_the_wipe_is_dragged_and_parts_the_pictures(desk):
    desk.view._arrange(Layout.WIPE)
    desk.settle()
    screen = desk.view.screen_
    place = fitted(16 / 9, picture_area(screen.rect()))
    target = QPointF(place.left() + 0.25 * place.width(), place.center().y()).toPoint()
    desk.qtbot.mousePress(screen, Qt.MouseButton.LeftButton, pos=target)
    desk.qtbot.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=target)
    assert screen.split == pytest.approx(0.25, abs=0.01)
    desk.player.transport.go(2.01)  # 50 in the master, 86 in the node: another square is white in each half
    desk.settle()
    grabbed = screen.grab().toImage()

    def white(x, y):
        at = QPoint(int(place.left() + x * place.width()), int(place.top() + y * place.height()))
        return grabbed.pixelColor(at).lightness() > 120

    assert white(0.125, 0.375) == bool(50 >> 4 & 1)
    assert white(0.375, 0.125) == bool(86 >> 1 & 1)
    assert white(0.625, 0.125) == bool(86 >> 2 & 1)
    assert white(0.625, 0.375) == bool(86 >> 6 & 1)


def test_a_file_that_is_gone_says_so_in_its_place(desk, files, tmp_path):
    from dataclasses import replace

    rows = [row_of(files, name) for name in STARTS]
    gone = replace(rows[1].clip.files[0], path=tmp_path / "gone.mp4")
    rows[1] = replace(rows[1], clip=replace(rows[1].clip, files=(gone,)))
    desk.view.hide()
    desk.show(Shoot(tuple(rows)))
    desk.view.show()
    desk.qtbot.waitUntil(lambda: "no longer there" in desk.player.panes[1].word, timeout=20_000)
    assert desk.player.panes[1].image is None
    desk.qtbot.waitUntil(lambda: desk.player.panes[0].image is not None, timeout=20_000)


def test_what_is_hidden_decodes_nothing(desk):
    desk.view.hide()
    assert all(pane.deck is None for pane in desk.player.panes)
    desk.view.show()
    assert desk.numbers == [7, 0]


def test_captions_tell_frame_and_shoot_time_of_what_is_shown(desk):
    desk.player.transport.go(2.01)
    desk.settle()
    burnt = desk.view.screen_._burnt
    assert [each.role for each in burnt] == ["M", "N"]
    assert [each.own for each in burnt] == ["50 f", "86 f"]
    assert burnt[0].shoot == "+00:01:42:00"


def test_a_clip_that_is_too_much_for_the_machine_gets_a_light_copy_and_it_is_said(desk, monkeypatch):
    from rushlock.media.playing.deck import Deck, Pace

    monkeypatch.setattr(Deck, "pace", Pace(5.0, True))
    desk.player.transport.go(1.01)
    desk.settle()
    node = desk.player.panes[1]
    with desk.qtbot.waitSignal(desk.view._lightening.made, timeout=20_000):
        for _ in range(3):
            desk.view._lightening.watch(node)
        assert "decodes at 5 of 50 frames a second" in desk.view._lightening._in_hand[1]
    desk.qtbot.waitUntil(lambda: node.light, timeout=20_000)
    assert desk.numbers == [25, 36]
    desk.qtbot.waitUntil(lambda: not desk.view._lightening._job.busy, timeout=20_000)
