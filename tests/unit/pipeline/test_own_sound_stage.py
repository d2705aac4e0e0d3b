"""Of generated cameras the one that writes its sound late is found; none in step is called off."""

import json
from pathlib import Path

import pytest

from rushlock.base.progress import CancelToken, drain
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.main import main
from rushlock.evaluation.events.shoot import late_shoot
from rushlock.export.delivery import Delivery
from rushlock.export.sequences import sequences
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.run import sync
from rushlock.project.document import Project, Source

pytestmark = pytest.mark.slow

LATE = {"CAM_A": 0.0, "CAM_B": 0.24, "CAM_C": 0.0, "CAM_D": 0.0}
HALF_A_FRAME_S = 0.02
TRAVEL_S = 4 / 343  # microphones stand within four metres


@pytest.fixture(scope="module")
def shot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("late")
    return folder, drain(late_shoot(5, folder, LATE, CancelToken()))


def test_the_late_camera_is_found_or_not_told_and_no_other_is_called_off(shot, capsys):
    folder, _ = shot
    code = main(["check-av", str(folder), "--json", "--embeddings", "off", "--workers", "1"])
    told = {fact["camera"]: fact for fact in json.loads(capsys.readouterr().out)}
    assert told.keys() == LATE.keys()
    for camera, fact in told.items():
        if LATE[camera]:
            assert fact["verdict"] in ("late", "cannot tell")
        else:
            assert fact["verdict"] in ("in sync", "cannot tell")
        if fact["verdict"] != "cannot tell":
            off = fact["seconds"] - LATE[camera]
            assert -HALF_A_FRAME_S <= off <= HALF_A_FRAME_S + TRAVEL_S
    assert told["CAM_B"]["verdict"] == "late"
    assert code == Exit.ATTENTION


def test_a_project_is_checked_by_what_it_was_made_of_and_the_table_says_what_the_json_does(
    shot, tmp_path, capsys
):
    folder, _ = shot
    place = tmp_path / "late.rushlock"
    with Project.create(place) as project:
        project.set_sources([Source(Path(folder))])
    assert main(["check-av", str(place), "--embeddings", "off", "--workers", "1"]) == Exit.ATTENTION
    out = capsys.readouterr().out
    (row,) = (line for line in out.splitlines() if line.startswith("CAM_B"))
    assert "sound late by 2" in row
    assert "1 late" in out.splitlines()[-1]


def test_where_nothing_has_both_there_is_nothing_to_check(shot, capsys):
    folder, _ = shot
    assert main(["check-av", str(folder / "SOUND"), "--workers", "1"]) == Exit.NO_MEDIA
    assert "no clip here has both sound and picture" in capsys.readouterr().err


def test_a_run_says_so_and_its_export_puts_the_picture_where_it_belongs(shot):
    folder, truth = shot
    settings = Settings(own_sound="all", embeddings="off", workers=1)
    result = drain(sync(SyncRequest((Path(folder),), settings=settings), CancelToken()))
    (finding,) = (f for f in result.sync_map.findings if f.kind == "own sound")
    assert finding.camera == "CAM_B"
    delivery = Delivery(result.clips, (), result.sync_map, "late")
    (sequence,) = sequences(delivery)
    places = {e.clip.camera: float(e.place) for row in sequence.plan.rows if row.synced for e in row.events}
    true = {clip.camera: clip.start for clip in truth.clips.values()}
    apart = {c: (places[c] - places["SOUND"]) - (true[c] - true["SOUND"]) for c in places if c in LATE}
    # Cameras that lie by their sound err by its travel there and to the recorder; the moved one by its error.
    assert abs(apart["CAM_B"]) <= HALF_A_FRAME_S + TRAVEL_S
