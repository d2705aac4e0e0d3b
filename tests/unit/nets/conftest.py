"""Networks with their kits' recipe weights, made once; small ones for what needs no kit."""

import json
import runpy
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

WEIGHT_SEED, INPUT_SEED = 20240104, 1


@pytest.fixture(scope="session")
def kit(kits):
    """Return the kit: its folder, its fixtures' folder and its recipe for weights and inputs."""
    folder = kits / "synchformer"
    recipe = SimpleNamespace(**runpy.run_path(folder / "make_weights.py"))  # leaves no bytecode beside it
    return SimpleNamespace(
        folder=folder,
        fixtures=folder / "fixtures",
        recipe=recipe,
        layout=lambda name: recipe.load_layout(folder / f"state_dict_{name}.json"),
    )


@pytest.fixture(scope="session")
def recipe_weights(kit):
    """Return what makes the recipe's weights of a layout; those of one name and shape are made once."""
    import torch

    made = {}

    def make(entry):
        if entry not in made:
            made[entry] = torch.from_numpy(kit.recipe.make_array(*entry, seed=WEIGHT_SEED))

    def weights(layout):
        entries = kit.layout(layout)
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(make, entries))
        return {entry[0]: made[entry] for entry in entries}

    return weights


@pytest.fixture(scope="session")
def with_weights():
    """Return a function that makes a network of some sizes with given weights, as the product does."""
    import torch

    from rushlock.nets.synchformer.network import Synchformer
    from rushlock.nets.synchformer.open import settle

    def network(config, weights):
        with torch.device("meta"):
            net = Synchformer(config)
        net.load_state_dict(weights, strict=True, assign=True)
        net.eval().requires_grad_(False)
        settle(net, "cpu")
        return net

    return network


@pytest.fixture(scope="session")
def published(recipe_weights, with_weights):
    """Return the published offset model's network with the recipe's weights."""
    from rushlock.nets.synchformer.config import PUBLISHED

    return with_weights(PUBLISHED, recipe_weights("sync"))


@pytest.fixture(scope="session")
def clip_segments(kit):
    """Return a function that cuts a clip of the kit into segments of picture: uint8 (14, 16, 224, 224, 3)."""
    import av
    import numpy as np

    def segments(clip):
        facts = json.loads((kit.fixtures / f"prep_{clip}.json").read_text())
        top, left = facts["crop_top_left"]
        begin = int(facts["v_start_i_sec"] * 25) + 2
        with av.open(str(kit.fixtures / facts["file"])) as file:
            frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]
        cropped = np.stack(frames[begin : begin + 120])[:, top : top + 224, left : left + 224]
        return np.stack([cropped[8 * k : 8 * k + 16] for k in range(14)])

    return segments


SPARSE_SEED = 20


@pytest.fixture(scope="session")
def sparse_kit(kits):
    """Return the kit of SparseSync and StreamSync: fixtures by name, recipe, weights of a layout."""
    import numpy as np
    import torch

    folder = kits / "sparsestream"
    recipe = SimpleNamespace(**runpy.run_path(folder / "make_weights.py"))

    def layout(name):
        return json.loads((folder / f"state_dict_{name}.json").read_text())

    def weights(name):
        state = recipe.make_state(layout(name), SPARSE_SEED)
        return {key: torch.from_numpy(each) for key, each in state.items()}

    return SimpleNamespace(
        recipe=recipe,
        layout=layout,
        weights=weights,
        reference=lambda name: np.load(folder / "fixtures" / f"{name}.npz"),
    )


@pytest.fixture(scope="session")
def sparse_net(sparse_kit):
    """Return the published SparseSync with the recipe's weights, as it is trained."""
    import torch

    from rushlock.nets.sparse_sync.config import PUBLISHED
    from rushlock.nets.sparse_sync.network import SparseSync

    with torch.device("meta"):
        net = SparseSync(PUBLISHED)
    net.load_state_dict(sparse_kit.weights("sparsesync"), strict=True, assign=True)
    return net.eval().requires_grad_(False)
