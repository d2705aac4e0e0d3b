"""A network that compares picture with sound, from files to placements: planted scenes, no weights."""

import wave
from dataclasses import replace
from fractions import Fraction
from math import erf, sqrt

import numpy as np
import pytest

from rushlock.base.clock import Clock
from rushlock.base.errors import ModelMissingError, UsageError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.base.settings import Settings
from rushlock.cache.store import Cache
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.writers import PictureFormat, open_writer
from rushlock.features.hearing import hear_all
from rushlock.nets.protocol import SegmentLayout
from rushlock.offsets.estimate import Estimate
from rushlock.offsets.pooling import Reliability
from rushlock.pipeline.doubts import Known
from rushlock.pipeline.embeddings import vote_on_doubts
from rushlock.pipeline.net_choice import CHECK, SEARCH, NetChoice
from rushlock.pipeline.request import SyncRequest
from rushlock.pipeline.run import sync
from rushlock.placements.sync_map import Status

SAMPLE_RATE = 16000
STARTS_AT = 17.28
CLIP_S = 20
FRAME_S = 1 / 25
MEASURED = Reliability({"evidence": 0.8, "margin": 0.1, "belonging": 0.0}, most=1.0, uses=frozenset({SEARCH}))


def film(path, energy):
    """Write a silent clip that is as bright as its scene."""
    rate = FrameRate.parse("25")
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = open_writer(path, 48000, 0, 0, Labels("made up"), PictureFormat(64, 48, rate, 25))
    for number, bright in enumerate(energy):
        writer.write_frame(np.full((48, 64, 3), int(20 + 200 * bright), np.uint8), Fraction(number, 25))
    writer.close()


def record(path, energy, seed):
    """Write a recorder's file that is as loud as its scene."""
    random = np.random.default_rng(seed)
    times = np.arange(int(len(energy) / 25 * SAMPLE_RATE)) / SAMPLE_RATE
    loud = np.interp(times, np.arange(len(energy)) / 25, energy)
    sound = 0.3 * (loud + 0.01) * random.standard_normal(times.size)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def shoot(tmp_path_factory, planted):
    """Return a folder: a recorder, a silent camera that saw what it heard, and one that did not."""
    folder = tmp_path_factory.mktemp("silent")
    energy = planted.energy(50, 11)
    first = round(STARTS_AT * 25)
    record(folder / "REC" / "T01.wav", energy, 1)
    film(folder / "CAM_A" / "A001.mp4", planted.energy(50, 11)[first : first + CLIP_S * 25])
    film(folder / "CAM_B" / "B001.mp4", planted.energy(40, 99)[: CLIP_S * 25])
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory, shoot, planted):
    """Return a function that syncs the shoot and returns placements by file name, and the network used."""

    folder = tmp_path_factory.mktemp("cache")

    def runs(token=None, uses=(CHECK, SEARCH), net=None):
        net = net or planted.net()
        choice = NetChoice(net.name, net.digest, False, frozenset(uses), MEASURED, lambda: 1e4, lambda: net)
        request = SyncRequest((shoot,), settings=Settings(workers=1))
        cache = Cache(folder, 1 << 28)
        result = drain(sync(request, token or CancelToken(), cache, lambda _: choice))
        names = {c.key: c.name for c in result.clips}
        return {names[p.clip]: p for p in result.sync_map.placements}, net

    return runs


def test_a_silent_camera_is_placed_against_a_sound_recorder_and_a_stranger_is_not(run):
    placed, net = run()
    camera, recorder, stranger = (placed[n] for n in ("A001.mp4", "T01.wav", "B001.mp4"))
    assert camera.status in (Status.SYNCED, Status.REVIEW)
    assert camera.start - recorder.start == pytest.approx(STARTS_AT, abs=FRAME_S)
    assert camera.group == recorder.group
    assert abs(camera.start - recorder.start - STARTS_AT) < 4 * camera.precision + 0.01
    assert "its picture with the sound of T01.wav" in camera.reason
    assert camera.evidence[0].kind == "sound+picture"
    assert "its sound with the picture of A001.mp4" in recorder.evidence[0].words
    assert stranger.status is Status.UNSYNCED
    assert stranger.start is None
    assert net.windows_judged


def test_a_network_whose_window_is_one_segment_finds_the_camera_as_well(run, planted):
    class Whole(planted.net):
        digest = "planted-whole"

        def __init__(self):
            super().__init__()
            self.layout = SegmentLayout(25, 16000, 125, 80000, 2, 16, 16, 1, self.layout.classes)

        def embed_sound(self, segments):
            parts = segments.reshape(len(segments), 125, -1)
            return np.sqrt(np.mean(np.square(parts), axis=2, dtype=np.float32))[..., None]

        def _energy(self, tokens):
            return tokens[:, 0, :, 0]

    placed, _ = run(net=Whole())
    camera, recorder, stranger = (placed[n] for n in ("A001.mp4", "T01.wav", "B001.mp4"))
    assert camera.start - recorder.start == pytest.approx(STARTS_AT, abs=FRAME_S)
    assert stranger.start is None


def test_without_a_network_all_stays_as_sound_left_it(run, shoot, tmp_path):
    request = SyncRequest((shoot,), settings=Settings(workers=1, embeddings="off"))
    result = drain(sync(request, CancelToken(), Cache(tmp_path / "other", 1 << 28)))
    assert {p.status for p in result.sync_map.placements} == {Status.UNSYNCED}
    placed, net = run(uses=())
    assert {p.status for p in placed.values()} == {Status.UNSYNCED}
    assert not net.windows_judged


def test_a_second_run_asks_the_network_nothing(run, planted):
    first, _ = run()

    class Broken:
        name, digest = "planted", "planted-1"

        def __getattr__(self, name):
            raise AssertionError(f"asked for {name}")

    second, _ = run(net=Broken())
    assert first == second


def test_a_confidence_is_never_more_than_its_precision_allows(run):
    placed, _ = run()
    camera = placed["A001.mp4"]
    assert camera.confidence <= erf(FRAME_S / (camera.precision * sqrt(2))) + 1e-9


def test_cancelling_while_the_network_looks_ends_the_run(run, planted):
    token = CancelToken()

    class Stopping(planted.net):
        digest = "planted-2"

        def offset_logits(self, pictures, sound):
            token.cancel()
            return super().offset_logits(pictures, sound)

    with pytest.raises(Cancelled):
        run(token=token, net=Stopping())


def test_a_network_asked_for_by_name_must_be_there(shoot, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 28)
    for name, error in (("synchformer-lrs3", ModelMissingError), ("no-such-net", UsageError)):
        request = SyncRequest((shoot,), settings=replace(Settings(workers=1), embeddings=name))
        with pytest.raises(error, match=name):
            drain(sync(request, CancelToken(), cache))


def test_of_two_places_in_doubt_the_true_one_is_told_apart(shoot, planted, tmp_path):
    cache, token = Cache(tmp_path / "cache", 1 << 28), CancelToken()
    settings = Settings(workers=1, embeddings="off")
    found = drain(sync(SyncRequest((shoot,), settings=settings), token, cache))
    clips = {c.name: c for c in found.clips}
    recorder, camera = clips["T01.wav"], clips["A001.mp4"]
    tracks = drain(hear_all(found.clips, cache, lambda: None, token))  # all in the cache: no worker needed
    doubtful = [
        Estimate(recorder.key, camera.key, Clock.line(at), 0.001, 1.0, 30.0, 0.45, features={"coarse": 2.0})
        for at in (STARTS_AT + 6.1, STARTS_AT)
    ]
    known = Known(found.clips, tracks, {}, doubtful, found.sync_map, {})
    net = planted.net()
    choice = NetChoice(net.name, net.digest, True, frozenset({CHECK}), MEASURED, lambda: 1e4, lambda: net)
    best, other = drain(vote_on_doubts(known, settings, cache, token, lambda _: choice))
    assert best.offset == STARTS_AT  # sound's own offset, to the bit
    assert best.probability > 0.9 > 0.1 > other.probability
    assert best.features["net_experimental"]
    spent = replace(choice, patience=lambda: 0.0, digest="another")
    unasked = drain(vote_on_doubts(known, settings, cache, token, lambda _: spent))
    assert sorted(unasked, key=lambda e: -e.offset) == doubtful
