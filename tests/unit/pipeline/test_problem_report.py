"""A report of a problem gives nothing away: not a path, not a name, wherever they stand."""

import json
import time
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from rushlock.base.errors import RushlockError
from rushlock.base.log import FILE_NAME
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.media.clip import Clip, MediaFile, PictureStream, Unreadable
from rushlock.pipeline import problem_report as module
from rushlock.pipeline.problem_report import Circumstances, Timing, problem_report, write_report
from rushlock.pipeline.pseudonyms import Pseudonyms, own_words

SECRETS = (
    "Zauberberg",
    "Hüttendorf",
    "ursula.quandt",
    "QUANDT",
    "GoldenKitchen",
    "S03E07",
    "B017C004_260101_R1AB",
    "KESTREL",
    "Finalewoche",
    "nas-waldfee",
    "Rosenkrieg",
)
ROOT = Path("/Volumes/Zauberberg Raid/GoldenKitchen S03E07")
WINDOWS = r"C:\Users\ursula.quandt\Finalewoche\Rosenkrieg 2.mov"

HOME = "/home/ursula.quandt"
AT = "2026-01-01 10:00:00,123 77 INFO    rushlock."
LOG = "\n".join(
    (
        f"{AT}cli.guard: rushlock 0.1.0: ['sync', '{ROOT}/Hüttendorf']",
        f"{AT}media.scan: {ROOT}/Hüttendorf/B017C004_260101_R1AB.mov cannot be read",
        f"{AT}media.scan: KESTREL's clips lie in {WINDOWS}",
        f"{AT}libav: file://{HOME}/Rosenkrieg.mxf \\\\nas-waldfee\\Finalewoche\\a.wav",
        f"{AT}media.scan: Rosenkrieg_04.mxf belongs to KESTREL (ursula.quandt@nas-waldfee)",
        "Traceback (most recent call last):",
        f'  File "{HOME}/lib/python3.11/site-packages/rushlock/media/scan.py", line 12, in scan',
        '    raise MediaError("broken")',
        f'  File "{HOME}/Zauberberg/plugin.py", line 3, in QUANDT',
        f"rushlock.base.errors.MediaError: [Errno 5] Input/output error: '{ROOT}/GoldenKitchen.mov'",
    )
)


def clip(name, camera, number):
    length = Fraction(30)
    picture = PictureStream(0, "h264", 1920, 1080, FrameRate(Fraction(25)), False, 750, Fraction(0), length)
    file = MediaFile(
        path=ROOT / "Hüttendorf" / name,
        size=1,
        modified_ns=0,
        fingerprint=str(number),
        container="mov",
        start=Fraction(0),
        duration=length,
        pictures=(picture,),
        reel="KESTREL",
        scene="Rosenkrieg",
        notes=(f"{name} ends early",),
    )
    return Clip(f"{number:08x}", camera, (file,))


@pytest.fixture
def circumstances(tmp_path, monkeypatch):
    monkeypatch.setattr(
        module, "_of_this_machine", lambda: iter(["ursula.quandt", "/home/ursula.quandt", "nas-waldfee"])
    )
    (tmp_path / FILE_NAME).write_text(LOG, encoding="utf-8")
    clips = (clip("B017C004_260101_R1AB.mov", "KESTREL", 1), clip("Finalewoche.mov", "Quandt's GoPro", 2))
    return Circumstances(
        versions={"Rushlock": "0.1.0"},
        settings=Settings(cache_place="/Volumes/Zauberberg", embeddings="Rosenkrieg", accept=0.9),
        clips=clips,
        unreadable=(Unreadable(ROOT / "GoldenKitchen.mov", f"{ROOT}/GoldenKitchen.mov is empty"),),
        standings={
            clips[0].key: ("synced", "sound of Finalewoche.mov, 41 s together"),
            clips[1].key: ("review", "KESTREL and Quandt's GoPro disagree"),
        },
        timings=(Timing("Sync", 12.3, "failed", f"{ROOT}/GoldenKitchen.mov: no space left"),),
        secrets=(str(ROOT), "/home/ursula.quandt/Finalewoche.rushlock"),
        log=tmp_path,
    )


def test_no_path_file_camera_or_user_name_survives(circumstances, tmp_path):
    parts = drain(problem_report(circumstances, CancelToken()))
    path = tmp_path / "report.zip"
    write_report(parts, path)
    with zipfile.ZipFile(path) as archive:
        whole = "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
        assert set(archive.namelist()) == {part.name for part in parts}
    folded = whole.casefold()
    assert not [secret for secret in SECRETS if secret.casefold() in folded]
    assert "/volumes" not in folded
    assert "/home" not in folded
    assert "c:\\" not in folded


def test_what_helps_to_find_the_fault_is_still_told(circumstances):
    parts = {part.name: part.text for part in drain(problem_report(circumstances, CancelToken()))}
    shoot = json.loads(parts["shoot.json"])
    assert shoot["standings"] == {"synced": 1, "review": 1}
    assert (shoot["clips"], shoot["cameras"], shoot["unreadable"]) == (2, 2, 1)
    assert shoot["recordings"][0]["picture"] == "h264 1920x1080 25"
    assert "41 s together" in shoot["recordings"][0]["reason"]
    assert "accept = 0.9" in parts["settings.txt"]
    assert "12.30 s  Sync: failed" in parts["timings.txt"]
    assert 'File "rushlock/media/scan.py", line 12, in scan' in parts["log.txt"]
    assert "MediaError" in parts["log.txt"]
    assert "cannot be read" in parts["log.txt"]


def test_a_name_has_the_same_pseudonym_in_every_part(circumstances):
    parts = {part.name: part.text for part in drain(problem_report(circumstances, CancelToken()))}
    first = json.loads(parts["shoot.json"])["recordings"][0]
    assert first["camera"] in parts["log.txt"]
    assert first["camera"] in json.loads(parts["shoot.json"])["recordings"][1]["reason"]


def test_a_short_name_is_replaced_only_where_it_stands_alone():
    names = Pseudonyms(frozenset({"camera", "cannot", "be", "read"}))
    names.learn("camera", ["be"])
    assert names.scrubbed("camera be cannot be read").split() == [
        "camera",
        "camera-1",
        "cannot",
        "camera-1",
        "read",
    ]


@pytest.mark.parametrize("line", ["Error 5 at 00:12", "12.5 % of 3/4 clips, 2026-01-01 10:00:00,123", ""])
def test_figures_and_our_own_words_stay(line):
    assert Pseudonyms(frozenset({"error", "at", "of", "clips"})).scrubbed(line) == line


def test_our_own_words_are_those_of_the_source():
    assert {"unreadable", "timecode", "sync"} <= own_words()
    assert "zauberberg" not in own_words()


def test_a_report_without_a_project_or_log_is_one_too(circumstances, tmp_path):
    bare = replace(circumstances, clips=(), unreadable=(), standings=None, timings=(), log=tmp_path / "none")
    parts = {part.name: part.text for part in drain(problem_report(bare, CancelToken()))}
    assert parts["log.txt"] == ""
    assert json.loads(parts["shoot.json"])["clips"] == 0


def test_collecting_stops_when_it_is_told_to(circumstances):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        drain(problem_report(circumstances, token))


def test_a_report_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path):
    with pytest.raises(RushlockError, match="cannot be written"):
        write_report((), tmp_path / "nowhere" / "report.zip")
    assert not list(tmp_path.iterdir())


def test_a_log_of_a_large_shoot_is_clean_in_seconds(tmp_path):
    names = Pseudonyms()
    names.learn("file", (f"Rosenkrieg {n:05}.mov" for n in range(5000)))
    names.learn("path", (f"{ROOT}/Rosenkrieg {n:05}.mov" for n in range(5000)))
    line = f"2026-01-01 10:00:00,123 77 INFO rushlock.media.scan: {ROOT}/Rosenkrieg 04711.mov cannot be read"
    begun = time.process_time()
    for _ in range(200):
        assert "Rosenkrieg" not in names.scrubbed(line)
    assert time.process_time() - begun < 3, "200 of 2,000 lines"
