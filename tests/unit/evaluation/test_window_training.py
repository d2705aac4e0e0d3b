"""Training of window networks: true input, first weights that look right, stops that cost nothing."""

import json

import numpy as np
import pytest

from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.evaluation.events.scene import EventScene
from rushlock.evaluation.window_training.material import (
    HELD_OUT,
    KNOWN,
    UNKNOWN,
    draw_camera,
    segments,
    windows,
)
from rushlock.evaluation.window_training.recipe import LARGER, RECIPES, STAND_IN, PhaseRecipe, Recipe
from rushlock.evaluation.window_training.scores import Judged, figures
from rushlock.nets.synchformer.config import SynchformerConfig

TINY = SynchformerConfig(
    dims=32,
    picture_depth=1,
    sound_depth=1,
    judge_depth=3,
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
    offset_classes=5,
    belonging=True,
    dropout=0.0,
)
QUICK = Recipe(
    size=TINY,
    reading=PhaseRecipe(4, 0.0, 1.0, 1e-3, 2),
    judging=PhaseRecipe(4, 0.0, 1.0, 1e-3, 2),
    moments=4,
    pairs=8,
    pool=3,
)


def test_windows_are_cut_where_they_say():
    layout = STAND_IN.layout()
    batch = windows(HELD_OUT + 3, layout)
    random = np.random.default_rng((HELD_OUT + 3, 4))
    seconds = batch.sound_starts.max() + layout.window_seconds + 10
    offsets = batch.sound_starts[None, :] - batch.picture_starts[:, None]
    assert (np.abs(offsets) <= KNOWN).any()
    assert (np.abs(offsets) > UNKNOWN).any()
    # Two windows of one microphone overlap in time: what they share is the same sound.
    first, second = batch.sound[0], batch.sound[2]
    shift = round(batch.sound_starts[2] * layout.sample_rate) - round(
        batch.sound_starts[0] * layout.sample_rate
    )
    a, b = first.ravel(), second.ravel()  # segments lie side by side
    shared = len(a) - abs(shift)
    assert shared > 0
    begin_a, begin_b = max(shift, 0), max(-shift, 0)
    assert np.array_equal(a[begin_a : begin_a + shared], b[begin_b : begin_b + shared])
    assert draw_camera(EventScene(HELD_OUT + 3, seconds), random).ear.away > 0


def test_labels_of_sound_come_later_than_those_of_pictures_by_the_way_it_goes():
    layout = STAND_IN.layout()
    for number in range(4):
        batch = segments(HELD_OUT + number, layout, 40, 40)
        seen, heard = batch.seen[..., 0].ravel(), batch.heard[..., 0].ravel()
        part = layout.segment / (40 * 4)
        match = [np.dot(seen[: len(seen) - 20], heard[lag : len(heard) - 20 + lag]) for lag in range(20)]
        if seen.sum():
            assert 0 <= int(np.argmax(match)) * part <= 9 / 343 + part


def test_a_judge_begins_by_looking_one_class_of_offset_away():
    torch = pytest.importorskip("torch")
    from rushlock.evaluation.window_training.first_lags import look_across, token_times
    from rushlock.nets.synchformer.network import Synchformer

    torch.manual_seed(0)
    network, reader = Synchformer(STAND_IN), torch.nn.Linear(STAND_IN.dims, 8)
    tokens = torch.randn(1, 32, STAND_IN.dims)
    look_across(network, reader, tokens[0], tokens[0])
    judge = network.transformer
    with torch.no_grad():
        row = judge.pos_emb_cfg(judge.joined(network.vproj(tokens), network.aproj(tokens)))
        block = judge.blocks[0]
        normal = block.ln1(row)
        query, key = (
            layer(normal).unflatten(-1, (STAND_IN.judge_heads, -1)).transpose(1, 2)[0]
            for layer in (block.attn.query, block.attn.key)
        )
        looked = (query @ key.transpose(-1, -2)).argmax(-1)
    pictures, sound = token_times(STAND_IN)
    half = 0.5 * STAND_IN.tube / STAND_IN.frame_rate
    middle = 16  # a token of sound in the middle of the window
    for head in range(STAND_IN.judge_heads):
        seen = int(looked[head, 2 + len(pictures) + middle]) - 1
        assert 0 <= seen < len(pictures)
        lag = float(pictures[seen] - sound[middle])
        assert lag == pytest.approx(STAND_IN.offsets[head], abs=half + 1e-6)


def test_pictures_begin_as_movement_and_how_strong_it_is():
    torch = pytest.importorskip("torch")
    from rushlock.evaluation.window_training.first_sight import see_movement
    from rushlock.nets.synchformer.network import Synchformer

    network = Synchformer(STAND_IN)
    see_movement(network)
    extractor = network.vfeat_extractor
    still = torch.rand(1, 1, 3, 48, 48).expand(1, 16, 3, 48, 48)
    moving = torch.stack([torch.roll(still[0, 0], shift, -1) for shift in range(16)])[None]
    of_still, of_moving = (extractor.patch_embed_3d(clip) for clip in (still, moving))
    changing = [n for n in range(56) if n % STAND_IN.tube]
    assert of_still[..., changing].abs().max() < 1e-4
    assert of_moving[..., changing].abs().mean() > 0.1


@pytest.mark.parametrize("size", [STAND_IN, LARGER])
def test_there_is_room_for_the_first_weights_of_every_size_on_offer(size):
    lags, answers = len(size.offsets), 8
    assert 8 + answers + 3 * lags <= size.dims
    assert size.dims // size.judge_heads >= answers
    assert -(-lags // size.judge_heads) < size.judge_depth


@pytest.mark.slow
def test_a_training_that_was_stopped_ends_as_one_that_was_not(tmp_path):
    torch = pytest.importorskip("torch")
    from rushlock.evaluation.window_training.train import opened, train

    whole = opened(QUICK, tmp_path / "whole", "cpu")
    drain(train(whole, CancelToken()))
    for phase in ("reading", "judging"):
        token = CancelToken()

        def stop_after_two(progress, phase=phase, token=token):
            if progress.stage.endswith(phase) and progress.done == 2:
                token.cancel()

        with pytest.raises(Cancelled):
            drain(train(opened(QUICK, tmp_path / "parts", "cpu"), token), stop_after_two)
    parts = opened(QUICK, tmp_path / "parts", "cpu")
    assert parts.standings["judging"].step == 2
    drain(train(parts, CancelToken()))
    for name, tensor in whole.network.state_dict().items():
        assert torch.equal(tensor, parts.network.state_dict()[name]), name


def test_a_curve_goes_on_where_it_was(tmp_path):
    from rushlock.evaluation.window_training.curves import Curve

    rows = []
    for begin in (0, 20):
        curve = Curve(tmp_path / "curve.csv", rows)
        for step in range(begin + 1, begin + 21):
            curve.note(step, step / 2, {"loss": float(step)})
    assert [row["step"] for row in rows] == [20, 40]
    assert rows[0]["loss"] == sum(range(1, 21)) / 20
    assert (tmp_path / "curve.csv").read_text().splitlines()[0] == "step,seconds,loss"
    assert len((tmp_path / "curve.csv").read_text().splitlines()) == 3


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path):
    pytest.importorskip("torch")
    from dataclasses import replace

    from rushlock.base.errors import UsageError
    from rushlock.evaluation.window_training.train import opened

    opened(QUICK, tmp_path, "cpu").keep()
    with pytest.raises(UsageError, match="another recipe"):
        opened(replace(QUICK, seed=9), tmp_path, "cpu")


def test_a_damaged_checkpoint_is_named_not_unpickled(tmp_path):
    pytest.importorskip("torch")
    from rushlock.base.errors import UsageError
    from rushlock.evaluation.window_training.keeping import kept

    path = tmp_path / "training.ckpt"
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(UsageError, match=r"training\.ckpt"):
        kept(path)


def test_perfect_answers_score_perfectly_and_blind_ones_as_chance():
    classes = np.array(STAND_IN.offsets)
    random = np.random.default_rng(1)
    offsets = random.uniform(-2, 2, 4000)
    nearest = np.abs(classes - offsets[:, None]).argmin(1)
    belongs = np.repeat([1.0, 0.0], [4000, 1000])
    perfect = Judged(HELD_OUT, offsets, np.zeros(4000), np.eye(21)[nearest], belongs, belongs)
    blind = Judged(
        HELD_OUT, offsets, np.zeros(4000), random.dirichlet(np.ones(21), 4000), belongs, belongs * 0 + 0.8
    )
    found, lost = figures([perfect], classes), figures([blind], classes)
    assert found["all"]["acc"] == found["all"]["acc_within_one"] == found["belonging"]["auroc"] == 1.0
    assert found["all"]["mae_s"] <= 0.1
    assert found["confidence"]["calibration_error"] < 1e-9
    assert lost["all"]["acc"] == pytest.approx(1 / 21, abs=5 * (1 / 21 / 4000) ** 0.5)
    assert lost["belonging"]["calibration_error"] < 1e-9


def test_recipes_are_plain_values_and_share_time_as_told():
    for recipe in RECIPES.values():
        assert json.loads(json.dumps(recipe.as_dict())) == recipe.as_dict()
        shared = recipe.within(30.0)
        assert shared.reading.minutes + shared.judging.minutes == pytest.approx(30.0)
