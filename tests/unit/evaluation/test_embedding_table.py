"""The seed table, the heatmap's files and the command that makes them, on clips with a planted offset."""

import json
import struct
import zlib
from fractions import Fraction

import av
import numpy as np
import pytest
from scipy.ndimage import gaussian_filter1d

from rushlock.base.progress import CancelToken, drain
from rushlock.cache.store import Cache
from rushlock.cli.codes import Exit
from rushlock.cli.main import main
from rushlock.evaluation.embedding_pair import embed_pair, one_clip
from rushlock.evaluation.embedding_table import findings, seed_table, table_row
from rushlock.export.png import png
from rushlock.media.probe import probe
from rushlock.nets.protocol import SegmentLayout

LATER = 2.52  # 63 frames
SECONDS = 20
SHARED = 53  # segments of 0.64 s every 0.32 s between 2.52 s and 20 s, on the first clip's grid


class Senses:
    """A network that sees brightness and hears loudness, each eight times a segment."""

    name, digest, experimental = "senses", "s1", True
    layout = SegmentLayout(25, 16000, 16, 10240, 8, 16, 16, 14, (-0.2, 0.0, 0.2))

    def embed_pictures(self, segments):
        return segments.astype(np.float32).mean(axis=(2, 3, 4)).reshape(len(segments), 1, 16)

    def embed_sound(self, segments):
        power = np.square(segments).reshape(len(segments), 16, -1).mean(axis=2)
        return np.sqrt(power).reshape(len(segments), 1, 16) * 100


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    """Two clips of one event, the second ``LATER`` seconds later: bangs that flash."""
    folder = tmp_path_factory.mktemp("shots")
    swell = gaussian_filter1d(np.random.default_rng(4).standard_normal(50 * 25), 4)
    level = 0.1 + 0.9 / (1 + np.exp(-3 * swell / swell.std()))  # of the event, each frame's time
    paths = []
    for name, begin, bright in (("a.mov", 0.0, 90), ("b.mov", LATER, 150)):
        paths.append(folder / name)
        _film(paths[-1], level[round(begin * 25) :][: SECONDS * 25], bright, round(begin * 48000))
    return paths


def _film(path, level, bright, first):
    with av.open(str(path), "w") as container:
        video, audio = container.add_stream("png", rate=25), container.add_stream("pcm_s16le", rate=48000)
        video.width = video.height = 32
        video.pix_fmt, audio.layout = "rgb24", "mono"
        for number, loud in enumerate(level):
            picture = av.VideoFrame.from_ndarray(np.full((32, 32, 3), 20 + bright * loud, np.uint8), "rgb24")
            picture.pts, picture.time_base = number, Fraction(1, 25)
            container.mux(video.encode(picture))
        sound = 0.5 * np.repeat(level, 1920) * np.sin(first + np.arange(1920 * len(level)))
        frame = av.AudioFrame.from_ndarray((sound * 32767).astype(np.int16)[None], "s16", "mono")
        frame.sample_rate = 48000
        for packet in (*video.encode(), *audio.encode(frame), *audio.encode()):
            container.mux(packet)


@pytest.fixture
def pair(shots, tmp_path):
    token, cache = CancelToken(), Cache(tmp_path / "c", 1 << 30)
    clips = [drain(one_clip(path, probe, token)) for path in shots]

    def made(**more):
        return drain(embed_pair(*clips, Senses(), cache, token, **more))

    return made


def test_the_table_tells_same_time_from_different_time_where_the_offset_is_right(pair):
    rows = seed_table(pair(offset=LATER))
    assert [(r.modality, r.metric) for r in rows] == [
        (modality, metric) for modality in ("audio", "video", "both") for metric in ("cosine", "L1", "L2")
    ]
    for row in rows:
        assert row.gap == pytest.approx(abs(row.same - row.different))
        assert row.segments == SHARED
    cosine = [row for row in rows if row.metric == "cosine"]
    assert all(row.same > 0.99 and row.gap > 0.05 and row.first > 0.9 for row in cosine)


def test_a_wrong_offset_leaves_no_gap(pair):
    for row in seed_table(pair(offset=LATER + 6 * 0.32)):
        assert abs(row.gap) < 0.2 * abs(row.different)
        assert row.rank > row.segments / 4


def test_the_lag_curve_finds_the_offset_whatever_was_given(pair):
    for given in (0.0, LATER):
        for finding in findings(pair(offset=given)):
            assert finding.offset == pytest.approx(LATER, abs=0.32)
            assert finding.none < 0.1


def test_equal_index_is_equal_time_to_the_sample(pair):
    made = pair(offset=LATER)
    master, node = made.together("audio")
    assert node.start + LATER == pytest.approx(master.start, abs=1e-6)
    assert np.allclose(master.values, node.values, atol=0.04)  # float16: steps of 1/32 from 32 on


def test_a_row_is_its_definition():
    cells = np.array([[3.0, 1.0, 2.0], [5.0, 4.0, 4.0], [0.0, 1.0, 9.0]], np.float32)
    row = table_row("audio", "cosine", cells)
    assert (row.same, row.different, row.gap) == pytest.approx((16 / 3, 13 / 6, 16 / 3 - 13 / 6))
    assert row.rank == pytest.approx((1 + 2.5 + 1) / 3)
    assert row.first == pytest.approx(2 / 3)
    assert table_row("audio", "L2", -cells).same == pytest.approx(16 / 3)
    assert table_row("audio", "cosine", np.full((4, 4), np.nan, np.float32)) is None


def test_the_command_prints_the_table_and_writes_the_heatmap(shots, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("rushlock.nets.opening.open_net", lambda name, device: Senses())
    words = ["bench", "embeddings", *map(str, shots), "--offset", str(LATER), "--device", "cpu"]
    assert main([*words, "--heatmap", str(tmp_path / "h.npz"), "-o", str(tmp_path / "f.json")]) == Exit.DONE
    printed = capsys.readouterr().out
    assert "senses (experimental)" in printed
    assert all(word in printed for word in ("audio", "video", "both", "cosine", "L1", "L2"))
    figures = json.loads((tmp_path / "f.json").read_text())
    assert len(figures["table"]) == 9
    assert len(figures["lag_curves"]) == 3
    with np.load(tmp_path / "h.npz", allow_pickle=False) as held:
        assert held["mean"].shape == (SHARED, 61)
        assert held["offsets"][np.argmax(held["probability"])] == pytest.approx(LATER, abs=0.32)
        assert held["probability"].sum() + held["none"] == pytest.approx(1)
    assert main([*words, "-q", "--heatmap", str(tmp_path / "h.png"), "--modality", "video"]) == Exit.DONE
    assert pixels((tmp_path / "h.png").read_bytes()).shape == (SHARED, 61, 3)


@pytest.mark.parametrize(
    "words", [["a.mov"], ["a.mov", "b.mov", "c.mov"], ["a.mov", "b.mov", "--heatmap", "x.jpg"]]
)
def test_what_cannot_be_meant_is_refused_before_anything_is_opened(words):
    assert main(["bench", "embeddings", *words]) == Exit.USAGE


def test_a_clip_that_cannot_be_read_is_said_in_a_sentence(shots, tmp_path, capsys):
    broken = tmp_path / "broken.mov"
    broken.write_bytes(b"")
    assert main(["bench", "embeddings", str(shots[0]), str(broken)]) == Exit.NO_MEDIA
    assert "empty" in capsys.readouterr().err


def test_a_png_holds_the_very_pixels():
    random = np.random.default_rng(2)
    for rows, columns in ((1, 1), (7, 3), (30, 64)):
        expected = random.integers(0, 256, (rows, columns, 3)).astype(np.uint8)
        assert np.array_equal(pixels(png(expected)), expected)
    with pytest.raises(ValueError, match="no picture"):
        png(np.zeros((0, 4, 3), np.uint8))


def pixels(content):
    """Read a PNG by FFmpeg, and its checksums by hand."""
    at = 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        body, (check,) = (
            content[at + 4 : at + 8 + length],
            struct.unpack(">I", content[at + 8 + length :][:4]),
        )
        assert zlib.crc32(body) == check
        at += 12 + length
    decoder = av.CodecContext.create("png", "r")
    frames = [*decoder.decode(av.Packet(content)), *decoder.decode(None)]
    return frames[0].to_ndarray(format="rgb24")
