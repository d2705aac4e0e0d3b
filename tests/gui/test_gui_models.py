from fractions import Fraction

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from rushlock.base.rate import FrameRate
from rushlock.gui.bin.model import BinModel, Column
from rushlock.gui.evidence_model import EvidenceModel
from rushlock.gui.problems import ProblemsModel
from rushlock.gui.stages import Contents
from rushlock.gui.standing import Standing
from rushlock.placements.decisions import Decision, DecisionKind

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def names(model):
    return [
        model.index(row, 0, model.index(camera, 0)).data()
        for camera in range(model.rowCount())
        for row in range(model.rowCount(model.index(camera, 0)))
    ]


def test_the_bin_keeps_the_rules_of_item_models_through_every_change(qapp, make_shoot, snapshot):
    model = BinModel()
    QAbstractItemModelTester(model, FATAL)
    model.show(snapshot(make_shoot()))
    model.narrow("A00")
    model.narrow("", Standing.REVIEW)
    for column in Column:
        model.sort(column, Qt.SortOrder.DescendingOrder)
    model.narrow("nothing has this name")
    assert model.rowCount() == 0
    model.narrow()
    model.show(snapshot(make_shoot(1, 1)))
    assert model.shown == 1


def test_evidence_and_problems_keep_the_rules_of_item_models(qapp, make_shoot, snapshot):
    evidence, problems = EvidenceModel(), ProblemsModel()
    QAbstractItemModelTester(evidence, FATAL)
    QAbstractItemModelTester(problems, FATAL)
    shown = snapshot(make_shoot())
    evidence.show(shown.rows[0], shown)
    problems.show_rows(shown.unreadable)
    assert evidence.index(0, 0).data() == "sound of A001.mov, 41 s together"
    assert problems.index(0, 1).data() == "it is empty (0 bytes)"
    evidence.show(None, shown)
    assert evidence.rowCount() == 0


def test_searching_looks_into_names_cameras_and_reasons(qapp, make_shoot, snapshot):
    model = BinModel()
    model.show(snapshot(make_shoot(4, 8)))
    model.narrow("no overlap")
    assert names(model) == ["A006.mov", "B006.mov", "C006.mov", "D006.mov"]
    model.narrow("cam_02/c001")
    assert names(model) == ["C001.mov"]


def test_sorting_goes_by_value_not_by_text(qapp, make_shoot, snapshot):
    shown = snapshot(make_shoot(1, 30))
    model = BinModel()
    model.show(shown)
    model.sort(Column.DRIFT, Qt.SortOrder.AscendingOrder)
    placed = [row for row in shown.rows if row.start is not None]
    expected = [row.clip.name for row in sorted(placed, key=lambda row: row.placement.drift_ppm)]
    assert names(model)[: len(expected)] == expected


def test_sorting_carries_persistent_indexes_along(qapp, make_shoot, snapshot):
    model = BinModel()
    model.show(snapshot(make_shoot(2, 9)))
    kept = QPersistentModelIndex(model.index_of("00010004"))
    name = kept.data()
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert kept.data() == name
    assert kept.row() != 4 or name == "B005.mov"
    assert model.key_at(kept) == "00010004"


def test_every_clip_has_one_standing_and_the_counts_add_up(make_shoot, snapshot):
    shoot = make_shoot(3, 8)
    keys = [clip.key for clip in shoot.clips]
    placed = shoot.placements[1]
    shown = snapshot(
        shoot,
        {
            keys[0]: Decision(keys[0], DecisionKind.EXCLUDED),
            keys[1]: Decision(keys[1], DecisionKind.LOCKED, placed.clock, placed.group),
            keys[2]: Decision(keys[2], DecisionKind.REJECTED),
        },
    )
    assert sum(shown.counts.values()) == len(keys) == 24
    assert shown.by_key[keys[0]].standing is Standing.EXCLUDED
    assert shown.by_key[keys[0]].start is None
    assert shown.by_key[keys[1]].standing is Standing.LOCKED
    assert shown.by_key[keys[2]].standing is Standing.UNSYNCED
    assert shown.files == 25


def test_a_clip_that_no_run_knows_waits(make_shoot):
    shoot = make_shoot(1, 2)
    shown = Contents(clips=tuple(shoot.clips)).shown((FrameRate(Fraction(25)), False))
    assert {row.standing for row in shown.rows} == {Standing.WAITING}


def test_rows_that_did_not_change_are_kept_and_only_cells_change(qapp, make_shoot, snapshot, qtbot):
    shoot = make_shoot(2, 4)
    key = shoot.clips[5].key
    before = snapshot(shoot)
    after = snapshot(shoot, {key: Decision(key, DecisionKind.EXCLUDED)}, before)
    assert [old is new for old, new in zip(before.rows, after.rows, strict=True)].count(False) == 1
    model = BinModel()
    QAbstractItemModelTester(model, FATAL)
    assert model.show(before)
    with qtbot.waitSignal(model.dataChanged):
        assert not model.show(after)
    assert model.index_of(key, Column.STATUS).data() == "Excluded"
    model.narrow("", Standing.EXCLUDED)
    assert model.show(before), "what the filter lets through has changed"
