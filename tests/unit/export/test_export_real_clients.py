"""Other programs' own importers take our files in, where they are installed: OpenShot, Kdenlive's adapter."""

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import opentimelineio as otio
import pytest

from rushlock.export.delivery import Delivery
from rushlock.export.registry import DIALECTS
from rushlock.media.clip import Clip
from rushlock.media.probe import probe

PLACES = {"A1.mp4": 0.0, "A2.mp4": 7.0, "B1 é&.mp4": 1.52, "P1.mp4": 2.2}
"""Seconds after the first, on a timeline of 25; B1 begins at 1.5, half way between two frames."""

RATES = {"A1.mp4": 25, "A2.mp4": 25, "B1 é&.mp4": 50, "P1.mp4": 30}
SECONDS = 2


@pytest.fixture(scope="module")
def shoot(made_up, tmp_path_factory):
    """Return a delivery of real media of three rates, and their folder."""
    folder = tmp_path_factory.mktemp("media")
    clips = []
    for name, rate in RATES.items():
        film(folder / name, rate)
        clips.append(Clip(name, name[0], (probe(folder / name),)))
    starts = {**PLACES, "B1 é&.mp4": 1.5}
    placed = [made_up.placement(clip, 36_000 + starts[clip.key]) for clip in clips]
    return Delivery(tuple(clips), (), made_up.sync_map(*placed), "Day", made_up.rate("25")), folder


def film(path, rate):
    import av
    import numpy as np

    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for number in range(rate * SECONDS):
            grey = np.full((32, 32, 3), number, np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        file.mux(stream.encode(None))


@pytest.fixture(scope="module")
def openshots_python():
    """Return the Python that has OpenShot, or skip."""
    found = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    asked = [found or "python3", "-c", "import openshot, openshot_qt"]
    if found is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("OpenShot is not installed")
    return found


def test_openshot_takes_fcp7_xml_in_whole_at_every_rate(shoot, openshots_python, tmp_path):
    delivery, folder = shoot
    path = DIALECTS[".xml"].write(tmp_path / "day.xml", delivery)
    script = Path(__file__).with_name("openshot_import.py")
    done = subprocess.run(
        [openshots_python, str(script), str(path), str(folder), "25"],
        capture_output=True,
        text=True,
        check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    taken = {title: rest for title, *rest in json.loads(done.stdout.splitlines()[-1])}
    assert {title: round(place, 6) for title, (_, place, *_) in taken.items()} == PLACES
    assert all((start, end) == (0, SECONDS) for _, _, start, end in taken.values())
    tracks = [taken[name][0] for name in PLACES]
    assert tracks[0] == tracks[1]
    assert len(set(tracks)) == 3


def test_kdenlives_adapter_takes_otio_in_whole(shoot, tmp_path):
    pytest.importorskip("otio_kdenlive_adapter", reason="no adapter of Kdenlive's here")
    delivery, _ = shoot
    read = otio.adapters.read_from_file(str(DIALECTS[".otio"].write(tmp_path / "day.otio", delivery)))
    otio.adapters.write_to_file(read, str(tmp_path / "day.kdenlive"), "kdenlive")
    root = ElementTree.parse(tmp_path / "day.kdenlive").getroot()
    paths = {p.get("id"): p.findtext("property[@name='resource']") for p in root.iter("producer")}
    placed = {}
    for playlist in root.iter("playlist"):
        at = Fraction(0)
        for item in playlist if playlist.get("id") != "main_bin" else ():
            if item.tag == "entry":
                placed[Path(paths[item.get("producer")]).name] = float(at)
                at += seconds(item.get("out")) - seconds(item.get("in")) + Fraction(1, 25)
            elif item.tag == "blank":
                at += seconds(item.get("length"))
    assert placed == pytest.approx(PLACES, abs=1e-3)


def seconds(time):
    hours, minutes, rest = time.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + Fraction(rest)
