"""The pair view: it compares for whoever looks, and all its parts follow one lag."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from rushlock.base.errors import MediaError
from rushlock.base.progress import Progress
from rushlock.base.settings import Settings
from rushlock.gui.compare.asking import fitting
from rushlock.gui.compare.curve import drawn
from rushlock.gui.compare.heatmap import tiles_in
from rushlock.gui.compare.loops import known_loops, thirds_of, told_of
from rushlock.gui.compare.panel import ComparePanel
from rushlock.gui.considered import Considered
from rushlock.gui.playhead import Playhead
from rushlock.gui.selection import Selection
from rushlock.pipeline.pair_view.ballot import Ballot, Curve, Place, Vote
from rushlock.pipeline.pair_view.question import BOTH, PICTURE, SOUND, Comparison, Loop
from rushlock.placements.sync_map import Evidence
from rushlock.similarity.scales import scales

LAG, RIVAL = 4.0, 8.2


def a_clip_at_every_zoom(seed, first, count=1800):
    values = np.random.default_rng(seed).standard_normal((6, 4000)).astype(np.float32)
    part = values[:, first : first + count]
    return scales(iter(part), np.ones(part.shape[1], bool), 0.0, 1 / 30)


@pytest.fixture
def answer():
    """Return what a comparison finds: two places, one a little better, and a third clip that agrees."""

    def of(question):
        offsets = np.arange(-2000, 2000) / 100
        heights = np.abs(np.random.default_rng(3).standard_normal(4000))
        heights[np.searchsorted(offsets, LAG)], heights[np.searchsorted(offsets, RIVAL)] = 20.0, 18.0
        curve = Curve(offsets, heights)
        places = (
            Place(LAG, 0.5, 20.0, 2.0, ("sound",)),
            Place(RIVAL, 0.45, 18.0, -2.0, ("sound", "picture")),
        )
        votes = (
            Vote("sound", curve, ((LAG, 0.9), (RIVAL, 0.8)), counts=True),
            Vote("diagonals", curve, ((RIVAL, 0.7),), counts=False),
        )
        return Comparison(
            question,
            master=a_clip_at_every_zoom(5, 0),
            node=a_clip_at_every_zoom(5, 120),
            curve=curve,
            ballot=Ballot(votes, places, 0.05),
            loops=(Loop(question.master.key, LAG + 0.001, float("nan"), 30.0),),
        )

    return of


@pytest.fixture
def asked():
    return []


@pytest.fixture
def panel(qtbot, make_shoot, snapshot, answer, asked):
    """A pair view of its own on a made-up shoot, with a clip in hand."""
    shoot = make_shoot(4, 6)

    def compare(question, token):
        asked.append(question)
        yield Progress("Comparing", 0, 1)
        token.check()
        return answer(question)

    selection = Selection()
    considered, playhead = Considered(selection), Playhead()
    shown = ComparePanel(considered, playhead, None, Settings, compare=compare)
    shown.resize(700, 640)
    qtbot.addWidget(shown)
    shown.selection, shown.considered, shown.playhead = selection, considered, playhead
    shown.shoot = snapshot(shoot)
    considered.show_shoot(shown.shoot)
    shown.show_shoot(shown.shoot)
    placed = [row for row in shown.shoot.rows if row.start is not None]
    selection.choose([placed[1].key])
    yield shown
    shown.stop()
    shown.wait()


@pytest.fixture
def compared(panel, qtbot):
    """The same, looked at and answered."""
    with qtbot.waitSignal(panel.asking.answered):
        panel.show()
    return panel


def test_nothing_is_compared_for_nobody_and_once_for_whoever_looks(panel, asked, qtbot):
    qtbot.wait(150)
    assert asked == []
    with qtbot.waitSignal(panel.asking.answered):
        panel.show()
    panel.hide()
    panel.show()
    qtbot.wait(150)
    assert len(asked) == 1
    assert asked[0].node.key == panel.considered.node.key


def test_it_says_in_words_what_there_is_to_see(compared):
    assert "Two equally good places, 4.2 s apart." in compared._sentence.text()


def test_a_digit_takes_a_place_and_everything_follows(compared, qtbot):
    compared.heatmap.setFocus()
    compared.take_place(1)
    assert compared.considered.lag == RIVAL
    x, y = compared.heatmap._line.getPos()
    assert y - x == pytest.approx(RIVAL)
    assert compared.curve._lag.value() == compared.votes._lag.value() == RIVAL
    assert compared.waves._node.curve.pos().x() == RIVAL
    assert compared.places.number_at(RIVAL) == 1
    assert "+8.2000 s" in compared._lag.text()
    assert "4.2 s later than the best place" in compared._stand.text()
    compared.take_place(7)  # there is none: nothing happens
    assert compared.considered.lag == RIVAL


def test_dragging_the_diagonal_moves_the_lag_live(compared, qtbot):
    line = compared.heatmap._line
    with qtbot.waitSignal(compared.considered.lag_changed):
        line.setPos((1.0, 6.5))
        line.sigDragged.emit(line)
    assert compared.considered.lag == pytest.approx(5.5)


def test_a_click_at_a_peak_of_the_curve_takes_its_place(compared, qtbot):
    view = compared.curve
    box = view.getViewBox()
    at = view.mapFromScene(box.mapViewToScene(QPointF(RIVAL, 5.0)))
    with qtbot.waitSignal(view.place_chosen) as taken:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert taken.args == [1]
    assert compared.considered.lag == RIVAL


def test_places_can_be_taken_from_the_list_by_keys(compared, qtbot):
    table = compared.places_table
    table.setCurrentIndex(compared.places.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert compared.considered.lag == RIVAL


def test_the_heatmap_draws_tiles_of_the_zoom_in_view(compared, qtbot):
    heat = compared.heatmap
    qtbot.waitUntil(lambda: (heat.tiles.matrix is not None and heat.tiles.tile((0, 0, 0)) is None) or True)
    heat.follow(LAG)
    matrix = heat.tiles.matrix

    def arrived():
        level = matrix.level_for(2.0 * max(heat._box.viewPixelSize()))
        return all(heat.tiles.tile(key) for key in tiles_in(matrix, level, heat._box.viewRect()))

    qtbot.waitUntil(arrived, timeout=5000)
    centre = heat._box.viewRect().center()
    assert centre.y() - centre.x() == pytest.approx(LAG, abs=0.5)


def test_another_measure_is_drawn_without_comparing_anew(compared, asked, qtbot):
    before = compared.heatmap.tiles.matrix
    compared.chooser.measure.setCurrentIndex(1)
    compared.chooser.measure.activated.emit(1)
    assert compared.heatmap.tiles.matrix is not before
    assert compared.heatmap.tiles.matrix.metric == "L1"
    assert len(asked) == 1


def test_another_modality_is_asked_for_and_the_view_does_not_jump(compared, asked, qtbot):
    compared.heatmap.follow(LAG)
    before = compared.heatmap._box.viewRect()
    with qtbot.waitSignal(compared.asking.answered):
        compared.chooser.modality_chosen.emit(BOTH)
    assert asked[-1].modality == BOTH
    assert compared.heatmap._box.viewRect() == before


def test_another_clip_in_hand_clears_what_was_said_of_the_last_pair(compared, asked, qtbot):
    other = [row for row in compared.shoot.rows if row.start is not None][3]
    with qtbot.waitSignals([compared.asking.cleared, compared.asking.answered]):
        compared.selection.choose([other.key])
    assert asked[-1].node.key == other.key


def test_the_other_cameras_agree_with_a_lag_or_not(compared):
    compared.considered.consider(LAG)
    assert "agrees with this lag" in compared.thirds.sentence
    compared.considered.consider(LAG + 1.0)
    assert "puts the pair elsewhere" in compared.thirds.sentence


def test_a_comparison_that_fails_says_so_in_place(panel, qtbot):
    def fails(question, token):
        yield Progress("Comparing", 0, 1)
        raise MediaError(question.node.path, "it is gone")

    panel.asking._compare = fails
    with qtbot.waitSignal(panel.asking.failed):
        panel.show()
    assert "it is gone" in panel._sentence.text()
    assert "could not be compared" in panel._sentence.text()


def test_pointing_at_a_moment_moves_the_playhead_and_the_playhead_is_marked(compared):
    clock = compared.considered.master.placement.clock
    compared.waves.looked_at.emit(3.0)
    assert compared.playhead.seconds == pytest.approx(clock.at(3.0))
    assert compared.waves._moment.value() == pytest.approx(3.0)


def test_in_the_window_a_digit_takes_a_place_wherever_the_focus_is_but_in_text(synced_window, answer, qtbot):
    window, _ = synced_window

    def compare(question, token):
        yield Progress("Comparing", 0, 1)
        return answer(question)

    window.compare.asking._compare = compare
    row = [row for row in window.document.shoot.rows if row.start is not None][1]
    window.selection.choose([row.key])
    with qtbot.waitSignal(window.compare.asking.answered):
        window.panels.bring("compare")
    window.activateWindow()
    window.bin.tree.setFocus()
    qtbot.keyClick(window.bin.tree, Qt.Key.Key_2)
    assert window.considered.lag == RIVAL
    window.bin.search.setFocus()
    qtbot.keyClick(window.bin.search, Qt.Key.Key_1)
    assert (window.considered.lag, window.bin.search.text()) == (RIVAL, "1")


def test_every_part_has_a_name_for_screen_readers(compared):
    parts = (
        *(compared.heatmap, compared.curve, compared.votes, compared.waves, compared.scale),
        *(compared.places_table, compared.thirds_table, compared.chooser.partner, compared.chooser.modality),
    )
    assert all(part.accessibleName() for part in parts)
    assert "Sound" in compared.votes.accessibleDescription()


def test_a_pair_is_compared_by_what_both_have(panel):
    row = panel.considered.node
    assert fitting(PICTURE, row, row) == PICTURE
    silent = type(row)(
        type(row.clip)("s", "S", (type(row.clip.files[0])(**{**_fields(row.clip.files[0]), "sounds": ()}),)),
        *(None, None, row.standing),
    )
    assert fitting(SOUND, row, silent) == PICTURE
    assert fitting(BOTH, row, silent) == PICTURE


def test_no_peak_is_lost_where_a_curve_is_drawn_in_few_points():
    offsets = np.arange(720_000) / 100 - 3600
    heights = np.zeros(720_000)
    heights[[3, 400_001, 719_999]] = 5, 9, 7
    xs, ys = drawn(Curve(offsets, heights), -4000, 4000, 600)
    assert len(xs) <= 1200
    for at in (3, 400_001, 719_999):
        assert ys[np.flatnonzero(xs == offsets[at])] == heights[at]


def _fields(file):
    return {name: getattr(file, name) for name in file.__dataclass_fields__}


def test_loops_go_by_way_of_clips_with_evidence_on_both_sides(panel):
    """C says where the node starts given its own place, and the master says that place is 0.2 s off."""
    from dataclasses import replace

    from rushlock.gui.shoot import Shoot

    master, node, third = [row for row in panel.shoot.rows if row.start is not None][:3]
    start = master.placement.clock.at(LAG)

    def said(row, other, offset, residual):
        told = Evidence("sound", other.key, offset, residual, 0.9, True, "")
        return replace(row, placement=replace(row.placement, evidence=(told,)))

    third = said(third, master, third.start + 0.2, 0.2)
    node = said(node, third, start - 0.2, 0.0)
    shoot = Shoot((master, node, third))
    (loop,) = known_loops(master, node, shoot)
    assert loop.lag == pytest.approx(LAG, abs=1e-6)
    assert loop.chance == pytest.approx(0.81)
    assert told_of(master, node) == ()
    overlapping = master.start < third.end and third.start < master.end
    assert [t.clip.key for t in thirds_of(master, node, shoot)] == [third.key] * overlapping
