"""The operations of Synchformer by formula are those that torch is seen to do."""

import pytest

torch = pytest.importorskip("torch")

from torch.nn.attention import SDPBackend, sdpa_kernel  # noqa: E402 - needs torch for what follows
from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

from rushlock.nets.synchformer import costs  # noqa: E402
from rushlock.nets.synchformer.config import SynchformerConfig  # noqa: E402
from rushlock.nets.synchformer.network import Synchformer  # noqa: E402

CONFIG = SynchformerConfig(
    dims=24,
    picture_depth=2,
    sound_depth=3,
    judge_depth=2,
    heads=2,
    judge_heads=3,
    growth=3,
    picture=48,
    mels=48,
    window=5,
    offset_classes=7,
    belonging=True,
)


@pytest.mark.parametrize("part", ["picture", "sound", "judge"])
def test_operations_are_counted_as_torch_counts_them(part):
    net = Synchformer(CONFIG).eval()
    call = {
        "picture": lambda: net.picture_tokens(torch.zeros(1, 16, 3, 48, 48)),
        "sound": lambda: net.sound_tokens(torch.zeros(1, 1, 48, 66)),
        "judge": lambda: net.judge(torch.zeros(1, 5, 8, 24), torch.zeros(1, 5, 6, 24)),
    }[part]
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as seen:
        call()
    assert seen.get_total_flops() == getattr(costs, f"{part}_operations")(CONFIG)
