"""Training of memories: windows cut where they say, gradients where they may go, stops that cost nothing."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from rushlock.base.errors import UsageError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.base.rate import FrameRate
from rushlock.evaluation.filmed import Filmed, filmed_pair
from rushlock.evaluation.labels import Labels
from rushlock.evaluation.stream_training.backbone import backbone_of
from rushlock.evaluation.stream_training.beginning import begin_as_mean, begun
from rushlock.evaluation.stream_training.footage import footage, held_apart
from rushlock.evaluation.stream_training.phase import Streaming
from rushlock.evaluation.stream_training.recipe import StreamRecipe
from rushlock.evaluation.stream_training.scores import Answered, figures, score
from rushlock.evaluation.stream_training.sequences import Pattern
from rushlock.evaluation.stream_training.shipping import open_streaming
from rushlock.evaluation.stream_training.sources import Generated
from rushlock.evaluation.stream_training.train import opened, train
from rushlock.evaluation.window_training.recipe import PhaseRecipe
from rushlock.evaluation.window_training.shipping import write_weights
from rushlock.evaluation.writers import PictureFormat, open_writer
from rushlock.media.probe import probe
from rushlock.nets.checkpoint import write_checkpoint
from rushlock.nets.sparse_sync.config import SparseSyncConfig
from rushlock.nets.sparse_sync.network import SparseSync
from rushlock.nets.sparse_sync_family import CONFIG
from rushlock.nets.synchformer.config import SynchformerConfig
from rushlock.nets.synchformer.network import Synchformer

TINY = SynchformerConfig(
    dims=32,
    picture_depth=1,
    sound_depth=1,
    judge_depth=1,
    heads=2,
    judge_heads=4,
    growth=2,
    picture=16,
    shorter_side=16,
    patch=8,
    tube=4,
    mels=32,
    sound_stride=16,
    window=3,
    hop_frames=16,
    belonging=True,
    dropout=0.0,
)
SPARSE = SparseSyncConfig(
    thinning=16,
    picture=32,
    shorter_side=32,
    frames=25,
    selectors=4,
    selector_depth=1,
    judge_depth=1,
    dropout=0.0,
)
QUICK = StreamRecipe(
    depth=1,
    windows=5,
    learning=2,
    head=PhaseRecipe(2, 0.0, 0.5, 1e-3, 1),
    whole=PhaseRecipe(2, 0.0, 0.5, 1e-3, 1),
    extractors=False,
    batch=3,
    sounds=3,
    pool=2,
)


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def _weights(folder, config=TINY):
    torch.manual_seed(3)
    network = Synchformer(config) if isinstance(config, SynchformerConfig) else SparseSync(config)
    path = folder / "begin.safetensors"
    write_checkpoint(path, network.state_dict(), {CONFIG: config.to_json()})
    return path


def test_segments_of_a_pattern_are_where_the_windows_that_share_them_say():
    layout = TINY.layout()
    pattern = Pattern.of(layout, 1.3, 4)
    ramp = np.arange(round((pattern.seconds + 1) * layout.sample_rate), dtype=np.float32)
    film = Filmed(layout, np.zeros((0, 16, 16, 3), np.uint8), ramp)
    heard = pattern.sound(film, 0.5)[pattern.rows]
    hop = layout.hop_frames * layout.sample_rate // layout.frame_rate
    first = 0.5 * layout.sample_rate
    expected = first + (2 * np.arange(4)[:, None] + np.arange(layout.window)) * hop  # 1.3 s: two of 0.64 s
    assert np.array_equal(heard[..., 0], expected)
    assert len(pattern.firsts) == 3 * 2 + layout.window  # each shared segment once


def test_a_memory_begins_as_what_the_windows_say_together(tmp_path):
    network = begun(_weights(tmp_path), QUICK).eval()
    torch.manual_seed(1)
    with torch.no_grad():
        network.transformer.off_head.weight *= 30  # as certain as a network that has learnt
        begin_as_mean(network)
        verdict, tokens = network.transformer.snapshot(torch.randn(500, 2, 32))
        together = network.accumulate(torch.unflatten(tokens, 0, (100, 5)))
    mean = torch.unflatten(verdict.offsets, 0, (100, 5)).log_softmax(-1).mean(1)
    assert (together.argmax(1) == mean.argmax(1)).float().mean() > 10 / 21  # ten times chance


def test_a_network_begun_with_another_answers_as_that_one_but_for_the_token_that_passes_on(tmp_path):
    path = _weights(tmp_path)
    network = begun(path, QUICK).eval()
    torch.manual_seed(3)
    before = Synchformer(TINY).eval()
    seen, heard = torch.randn(2, 3, 4, 32), torch.randn(2, 3, TINY.beats, 32)
    with torch.no_grad():
        row = network.transformer.joined(
            network.vproj(seen.flatten(1, 2)), network.aproj(heard.flatten(1, 2))
        )
        assert row.shape[1] == network.config.positions
        network.transformer.PASS_tok.fill_(0)
        after = network.judge(seen, heard).offsets
        assert torch.allclose(after, before.judge(seen, heard).offsets, atol=0.2)


def test_gradients_reach_the_comparison_through_the_learning_windows_alone(tmp_path):
    network = begun(_weights(tmp_path), QUICK)
    phase = Streaming("whole", backbone_of(network, "cpu"), replace(QUICK, belonging=0.0), Generated(1))
    phase.trained()
    list(phase.draw(0))
    for kept in phase._pool:  # what went in is the only witness
        kept.pictures = [tokens.requires_grad_() for tokens in kept.pictures]
    loss, _ = phase.loss(0)
    loss.backward()
    touched = {int(n) for kept in phase._pool for tokens in kept.pictures
               if tokens.grad is not None for n in tokens.grad.abs().sum((1, 2)).nonzero()[:, 0]}  # fmt: skip
    pattern = phase._pattern
    possible = [set(pattern.rows[first : first + QUICK.learning].ravel()) for first in range(4)]
    assert touched in possible


@pytest.mark.parametrize("extractors", [False, True])
def test_both_phases_change_what_they_may_and_nothing_else(tmp_path, extractors):
    path = _weights(tmp_path, SPARSE)
    recipe = replace(QUICK, extractors=extractors, head=replace(QUICK.head, steps=1), windows=3)
    training = opened(recipe, Generated(1), path, tmp_path / "run", "cpu")
    before = {name: each.clone() for name, each in training.network.named_parameters()}
    drain(train(training, CancelToken()))
    changed = {
        name for name, each in training.network.named_parameters() if not torch.equal(each, before[name])
    }
    assert any(name.startswith("streaming_head.") for name in changed)
    assert any("global_transformer." in name for name in changed)
    assert any(name.startswith("vfeat_extractor.") for name in changed) == extractors


def _train_to_the_second_phase(training, token):
    for progress in train(training, token):
        if progress.stage.endswith("whole") and progress.done >= 1:
            token.cancel()


def test_a_training_that_was_stopped_ends_as_one_that_was_not(tmp_path):
    path = _weights(tmp_path)
    whole = opened(QUICK, Generated(1), path, tmp_path / "whole", "cpu")
    drain(train(whole, CancelToken()))

    token = CancelToken()
    halted = opened(QUICK, Generated(1), path, tmp_path / "halted", "cpu")
    with pytest.raises(Cancelled):
        _train_to_the_second_phase(halted, token)
    again = opened(QUICK, Generated(1), path, tmp_path / "halted", "cpu")
    assert again.standings["head"].step == 2
    drain(train(again, CancelToken()))
    for name, each in whole.network.state_dict().items():
        assert torch.allclose(each, again.network.state_dict()[name], atol=1e-5), name
    with pytest.raises(UsageError, match="another recipe"):
        opened(replace(QUICK, depth=2), Generated(1), path, tmp_path / "halted", "cpu")


def test_written_weights_are_opened_as_a_network_with_memory_and_scored(tmp_path):
    training = opened(QUICK, Generated(1), _weights(tmp_path), tmp_path / "run", "cpu")
    path = write_weights(training, tmp_path / "out.safetensors")
    net = open_streaming(path, "cpu", sparse=False)
    found = drain(score(net, training.source, 1, CancelToken(), windows=3))
    assert found["sequences"] == 4
    assert set(found["after each window"]) == {"single", "mean", "streaming"}
    assert all(len(way["acc"]) == 3 for way in found["after each window"].values())


def test_figures_tell_the_share_that_is_right_after_each_window():
    chances = np.zeros((2, 2, 3))
    chances[0, :, 1], chances[1, 0, 0], chances[1, 1, 2] = 1, 1, 1
    told = figures(Answered({"single": chances, "mean": chances}, np.array([1, 2])), (-1.0, 0.0, 1.0))
    assert told["after each window"]["mean"]["acc"] == [0.5, 1.0]
    assert told["after each window"]["mean"]["mae_s"] == [1.0, 0.0]


def test_generated_scenes_held_out_are_none_that_are_trained_on():
    layout = TINY.layout()
    trained = Generated(1).stretch(0, 1.0, layout).films[0].pictures
    unseen = Generated(1).held_out(0, 1.0, layout).films[0].pictures
    assert not np.array_equal(trained, unseen)
    assert np.array_equal(unseen, Generated(2).held_out(0, 1.0, layout).films[0].pictures)
    assert len(filmed_pair(1, 1.0, layout)) == 2


def _clip(folder, key):
    return SimpleNamespace(path=Path(folder) / f"{key}.mov", key=key)


def test_what_is_held_out_stays_so_when_footage_is_added_and_folders_stay_whole():
    clips = [_clip(f"day{n % 12}", f"k{n}") for n in range(60)]
    training, unseen = held_apart(clips)
    assert training
    assert unseen
    assert not {c.path.parent for c in training} & {c.path.parent for c in unseen}
    more, more_unseen = held_apart([*clips, *(_clip(f"new{n}", f"n{n}") for n in range(20))])
    assert {c.key for c in unseen} <= {c.key for c in more_unseen}
    assert {c.key for c in training} <= {c.key for c in more}


def _filmed(path, seconds):
    """A clip whose brightness rises by ten levels a second, and its pitch by 200 Hz."""
    rate = FrameRate.parse("25")
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = open_writer(path, 16000, 1, seconds * 16000, Labels("x", "A"), PictureFormat(32, 32, rate, 25))
    times = np.arange(seconds * 16000) / 16000
    loud = np.random.default_rng(5).uniform(0.05, 0.9, seconds * 10).repeat(1600)  # no steady tone
    writer.write(
        (loud * np.sin(2 * np.pi * np.cumsum(200.0 * (1 + times)) / 16000))[:, None].astype(np.float32)
    )
    for number in range(seconds * 25):
        writer.write_frame(np.full((32, 32, 3), 10 * number // 25, np.uint8), number / rate.fps)
    writer.close()


def test_footage_gives_pictures_and_sound_of_the_same_moment(tmp_path):
    for name in ("one.mov", "two.mov"):
        _filmed(tmp_path / "archive" / name, 12 if name == "one.mov" else 13)
    token = CancelToken()
    found = drain(footage(tmp_path / "archive", 1, probe, token))
    for draw in (found.stretch, found.held_out):
        film = draw(0, 8.0, TINY.layout()).films[0]
        at = film.pictures.mean(axis=(1, 2, 3)) / 10
        turns = np.abs(np.fft.rfft(film.sound[: 8 * 16000].reshape(80, 1600), 16000)).argmax(axis=1)
        heard = turns / 200 - 1.05  # in the middle of its tenth of a second
        shown = at[::25][:8]
        assert np.abs(heard[::10][:8] - shown).max() < 0.25  # brightness tells 0.1 s, and video range rounds
    with pytest.raises(UsageError, match="no clip of at least"):
        found.stretch(0, 60.0, TINY.layout())


def test_of_two_clips_one_is_held_out():
    training, unseen = held_apart([_clip("a", "x"), _clip("a", "y")])
    assert len(training) == len(unseen) == 1
