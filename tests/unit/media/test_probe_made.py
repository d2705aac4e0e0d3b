"""Files made to order: every rate, timecode, reordered starts, damage."""

import subprocess
import sys
from fractions import Fraction

import av
import pytest

import rushlock.media.probe as module
from rushlock.base.errors import MediaError
from rushlock.base.rate import STANDARD_RATES, FrameRate
from rushlock.media.probe import probe


@pytest.mark.parametrize("rate", STANDARD_RATES, ids=str)
@pytest.mark.parametrize("name", ["a.mov", "a.mkv"])
def test_every_standard_rate_is_exact_and_constant(film, rate, name):
    # Matroska counts milliseconds: telling 23.976 from 24 takes as many frames as drift one of them apart.
    frames = 120 if name.endswith("mkv") else 12
    picture = probe(film(name, rate=rate.fps, frames=frames, sound=False)).pictures[0]
    assert (picture.rate, picture.variable) == (rate, False)
    assert picture.duration == pytest.approx(frames / rate.fps, abs=0.002)


@pytest.mark.parametrize(
    "rate", [FrameRate.parse(r) for r in ("23.976", "25", "29.97", "50", "59.94", "119.88")], ids=str
)
def test_transport_streams_without_counts_tell_their_rate(film, rate):
    picture = probe(film("a.ts", rate=rate.fps, frames=24, sound=False, codec="mpeg2video")).pictures[0]
    assert (picture.rate, picture.variable) == (rate, False)


def test_one_dropped_frame_makes_a_stream_variable(film):
    ticks = [*range(30), *range(31, 60)]
    picture = probe(film("a.mov", frames=59, ticks=ticks, sound=False)).pictures[0]
    assert (picture.rate.fps, picture.variable) == (25, True)


@pytest.mark.parametrize(
    ("label", "rate", "drop"),
    [
        ("10:00:00:00", Fraction(25), False),
        ("01:02:03:04", Fraction(24000, 1001), False),
        ("10:11:12;13", Fraction(30000, 1001), True),
        ("09:59:59;58", Fraction(60000, 1001), True),
        ("23:59:59:49", Fraction(50), False),
        ("10:11:12:13", Fraction(30000, 1001), False),
    ],
)
def test_start_timecode_survives_with_rate_and_drop_frame(film, label, rate, drop):
    file = probe(film("a.mov", rate=rate, timecode=label))
    assert (str(file.timecode), file.timecode.rate.fps, file.timecode.drop) == (label, rate, drop)
    assert (file.timecode_source, file.day_seconds) == ("tmcd", file.timecode.seconds)


def test_timecode_counts_frames_of_its_own_track_beside_faster_pictures(film, monkeypatch):
    facts = module.movie_facts

    def half_rate(path):
        movie = facts(path)
        movie.timecode_rate = FrameRate(Fraction(30))
        return movie

    path = film("a.mov", rate=Fraction(60000, 1001), timecode="10:00:00:12")
    monkeypatch.setattr(module, "movie_facts", half_rate)
    assert probe(path).timecode.rate == FrameRate.parse("29.97")


def test_time_of_day_belongs_to_the_files_beginning_not_the_pictures(film):
    file = probe(
        film("a.mov", frames=10, ticks=list(range(5, 15)), tick=Fraction(1, 25), timecode="10:00:00:00")
    )
    assert file.start == file.sounds[0].start == 0
    assert file.day_seconds == 36000 - file.pictures[0].start


def test_sound_alone_and_pictures_alone_are_clips(film):
    sound, silent = probe(film("a.m4a", frames=0)), probe(film("b.mov", sound=False))
    assert (len(sound.pictures), len(sound.sounds)) == (0, 1)
    assert (len(silent.pictures), len(silent.sounds)) == (1, 0)


def test_priming_is_not_counted_as_sound(film):
    file = probe(film("a.m4a", frames=0))
    assert file.start == 0
    assert file.duration == pytest.approx(Fraction(1, 2), abs=1024 / 48000)


def test_recording_that_was_never_closed_is_measured_by_its_packets(film):
    whole = film("a.mkv", frames=50, rate=Fraction(25))
    live = film("b.mkv", frames=50, rate=Fraction(25), options={"live": "1"})
    with av.open(str(live)) as container:
        assert container.duration is None
    assert probe(live).duration == pytest.approx(probe(whole).duration, abs=0.04)


def test_file_cut_off_after_its_index_is_used_as_far_as_it_goes(film):
    path = film("a.mov", frames=100, options={"movflags": "faststart"})
    whole = probe(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    cut = probe(path)
    assert Fraction(0) < cut.duration < whole.duration
    assert any(note.startswith("cut off: the last ") for note in cut.notes)
    assert whole.notes == ()


def test_file_cut_off_before_its_index_says_how_that_happens(film):
    path = film("a.mov", frames=50)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"moov") - 100])
    with pytest.raises(MediaError, match="cut off before its index was written"):
        probe(path)


def test_zone_of_the_creation_date_is_kept_and_nonsense_dates_are_not(film):
    assert probe(film("a.mov", tags={"creation_time": "2024-05-06T07:08:09Z"})).created.isoformat() == (
        "2024-05-06T07:08:09+00:00"
    )
    assert probe(film("b.mov")).created is None


def test_wrong_suffix_of_a_readable_file_does_not_matter(film):
    path = film("a.mov")
    assert probe(path.rename(path.with_suffix(".mxf"))).container == "mov"


def test_cover_art_is_no_picture(film, tmp_path):
    song = film("a.m4a", frames=0)
    with av.open(str(song)) as source, av.open(str(tmp_path / "b.mp4"), "w") as target:
        sound = target.add_stream_from_template(source.streams.audio[0])
        cover = target.add_stream("mjpeg", rate=25)
        cover.width, cover.height, cover.pix_fmt = 32, 32, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        target.mux(cover.encode(av.VideoFrame(32, 32, "yuvj420p")))
        for packet in source.demux(source.streams.audio[0]):
            if packet.size:
                packet.stream = sound
                target.mux(packet)
    file = probe(tmp_path / "b.mp4")
    assert (len(file.pictures), len(file.sounds)) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.mp4", b"", "empty"),
        ("a.mp4", b"Scene 1\nTake 2\n" * 50, "text file"),
        ("a.mov", bytes(5000), "zeros"),
        ("a.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "WAV"),
        ("a.mxf", bytes(range(256)) * 20, "no recording that can be read"),
        ("a.mp4", b"#EXTM3U\nhttp://example.org/a.ts\n", "text file"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "still picture"),
        ("a.r3d", b"whatever", "REDCODE"),
        ("a.mov", b"\0\0\0\x08ftyp" * 4, "cut off"),
    ],
)
def test_bad_files_are_refused_with_a_reason_a_person_understands(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MediaError, match=reason) as caught:
        probe(path)
    assert "Errno" not in caught.value.reason
    assert "Invalid data" not in caught.value.reason


def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(MediaError, match="no longer there"):
        probe(tmp_path / "gone.mov")
    with pytest.raises(MediaError, match="folder"):
        probe(tmp_path)


@pytest.mark.parametrize("name", ["a\nb.mov", "\U0001f3ac #1 %d ?.mov", "-i concat:x|y.mov", "caf\udce9.mov"])
def test_odd_names_are_only_names(film, name):
    path = film("plain.mov")
    assert probe(path.rename(path.with_name(name))).pictures


def test_every_truncation_ends_in_a_file_or_a_reason(film):
    path = film("a.mp4", frames=8, options={"movflags": "faststart"})
    content = path.read_bytes()
    outcomes = set()
    for length in range(1, len(content), len(content) // 40):
        path.write_bytes(content[:length])
        try:
            outcomes.add(type(probe(path)).__name__)
        except MediaError as error:
            outcomes.add(type(error).__name__)
    assert outcomes == {"MediaFile", "MediaError"}


def test_ffmpeg_never_writes_to_the_terminal(film):
    path = film("a.mp4", frames=40, options={"movflags": "faststart"})
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    code = (
        "import sys; from pathlib import Path; from rushlock.media.probe import probe;"
        "from rushlock.base.errors import MediaError\n"
        "for name in sys.argv[1:]:\n"
        "    try: probe(Path(name))\n"
        "    except MediaError: pass\n"
    )
    damaged = path.with_name("b.mp4")
    damaged.write_bytes(content[:200] + bytes(300) + content[500:])
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(damaged)], capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
