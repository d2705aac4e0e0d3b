"""``rushlock compare``: what it prints, writes, and says by its exit code."""

import json
from dataclasses import replace

import pytest

from rushlock.cli.codes import Exit
from rushlock.cli.main import main
from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.project.document import Project


@pytest.fixture
def project(made_up, tmp_path):
    """Return a stored project of three clips, and writers of a trusted timeline of them."""
    rate = made_up.rate("25")
    clips = tuple(
        made_up.clip(f"CAM_{n}", made_up.picture_file(f"/cards/C{n}\x1b.mov", rate, 500)) for n in range(3)
    )
    sync_map = made_up.sync_map(*(made_up.placement(clip, 3600.0 + n) for n, clip in enumerate(clips)))
    path = tmp_path / "day.rushlock"
    with Project.create(path) as made:
        made.store_run(clips, (), sync_map)

    def trusted(*starts, suffix=".xml"):
        placed = [made_up.placement(clip, start) for clip, start in zip(clips, starts, strict=True)]
        delivery = Delivery(clips, (), made_up.sync_map(*placed), "cut", rate)
        return DIALECTS[suffix].write(tmp_path / f"cut{suffix}", delivery)

    return path, trusted


def test_what_agrees_ends_with_success_and_one_sentence(project, capsys):
    path, trusted = project
    assert main(["compare", str(path), str(trusted(3600.0, 3601.0, 3602.0))]) == Exit.DONE
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "3 of 3 clips that both place lie within a frame of cut.xml"
    assert "the zero here is that of cut.xml" in out


@pytest.mark.parametrize("suffix", [".otio", ".xml", ".fcpxml"])
def test_what_lies_elsewhere_is_listed_and_told_by_the_exit_code(project, capsys, suffix):
    path, trusted = project
    timeline = trusted(3700.0, 3701.0, 3703.0, suffix=suffix)
    assert main(["compare", str(path), str(timeline), "--all"]) == Exit.ATTENTION
    out = capsys.readouterr().out
    assert "-25.0 frames (-1.000 s)" in out
    assert "elsewhere" in out
    assert "makes everything 100.000 s earlier" in out
    assert "\x1b" not in out
    assert out.count("within a frame") == 3  # two clips and the sentence


def test_json_says_the_same_to_scripts_and_the_report_to_people(project, capsys, tmp_path):
    path, trusted = project
    timeline, report = trusted(3600.0, 3601.0, None), tmp_path / "report.html"
    code = main(["compare", str(path), str(timeline), "--json", "--report", str(report)])
    said = json.loads(capsys.readouterr().out)
    assert (code, said["agrees"], said["counts"]["extra"]) == (Exit.DONE, True, 1)
    assert "Compared with cut.xml" in report.read_text(encoding="utf-8")


def test_a_timeline_of_another_shoot_is_one_sentence(project, made_up, capsys, tmp_path):
    path, _ = project
    clip = made_up.clip("X", made_up.picture_file("/other/X.mov", made_up.rate("25"), 50))
    delivery = Delivery((clip,), (), made_up.sync_map(made_up.placement(clip, 1.0)), "other")
    other = DIALECTS[".otio"].write(tmp_path / "other.otio", replace(delivery, rate=made_up.rate("25")))
    assert main(["compare", str(path), str(other)]) == Exit.USAGE
    assert "other.otio uses no file of this project" in capsys.readouterr().err
