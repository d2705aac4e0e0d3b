"""Files of weights: published ones are read without running what is pickled in them; ours are safetensors.

A ``.pt`` file is a ZIP archive of raw storages and a pickle that puts them together. Pickles are programs.
torch's own reader for tensors alone comes first. It refuses files that carry more, and the authors' carry
their configuration and their optimizer. Those are read by an unpickler that knows how to make containers and
tensors, with functions of this module; whatever else the pickle names becomes an inert placeholder.
"""

import os
import pickle
import secrets
import struct
import zipfile
import zlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rushlock.base.errors import ModelError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_STATES = ("model", "state_dict", "model_state")
"""Where trained checkpoints keep the weights: stages two and one of Synchformer, CARL, many others."""

_TOLD = ("cfg.TRAIN.NUM_FRAMES", "cfg.MODEL.EMBEDDER_MODEL.NUM_HEADS", "args.data.max_off_sec")
"""Numbers of a training configuration that no tensor's shape tells, by their path in the checkpoint."""

_STORAGES = {
    "DoubleStorage": "float64",
    "FloatStorage": "float32",
    "HalfStorage": "float16",
    "BFloat16Storage": "bfloat16",
    "LongStorage": "int64",
    "IntStorage": "int32",
    "ShortStorage": "int16",
    "CharStorage": "int8",
    "ByteStorage": "uint8",
    "BoolStorage": "bool",
}

_FAULTS = (
    pickle.UnpicklingError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,  # torch's, for nearly everything
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
)
"""What a damaged or hostile pickle makes an unpickler raise."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Weights by name, and the texts that were kept with them.

    Those are safetensors' metadata, or numbers of a training configuration under their path ("cfg.TRAIN.X").
    """

    tensors: "dict[str, Tensor]"
    metadata: dict[str, str]


def read_checkpoint(path: Path) -> Checkpoint:
    """Read weights from a ``.safetensors``, ``.pt`` or ``.pth`` file, told apart by content.

    Tensors lie in the file's memory map where that can be, so that reading is quick and memory is shared.

    Raises:
        ModelError: The file cannot be read, is none of these, is damaged, or holds no weights.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(9)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}") from error
    if begins[8:] == b"{":
        return _from_safetensors(path)
    if begins.startswith(b"PK"):
        content = _unpickled(path)
        return Checkpoint(_weights_in(content, path), _told_in(content))
    raise ModelError(
        f"{path} holds no weights: it is neither safetensors nor a checkpoint of torch 1.6 or newer"
    )


def write_checkpoint(path: Path, tensors: "Mapping[str, Tensor]", metadata: Mapping[str, str]) -> None:
    """Write weights as safetensors, whole or not at all.

    Raises:
        ModelError: They cannot be written; what lay there before is untouched.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    part = path.with_name(f".rushlock-{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(_unshared(tensors), part, dict(metadata))
        _flush(part)
        part.replace(path)
    except (OSError, SafetensorError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ModelError(f"{path} cannot be written: {reason}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _from_safetensors(path: Path) -> Checkpoint:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
            return Checkpoint(tensors, dict(file.metadata() or {}))
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError(f"{path} is damaged: {error}") from error


def _unpickled(path: Path) -> Any:  # noqa: ANN401 - whatever was saved
    """Return what a torch archive holds, of which only containers and tensors are real."""
    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except _FAULTS:
        pass  # it carries more than weights, or is damaged: then the next reader says so
    try:
        with zipfile.ZipFile(path) as archive:
            return _Archive(archive).content()
    except (*_FAULTS, OSError) as error:
        raise ModelError(f"{path} is damaged: {error}") from error


def _weights_in(content: object, path: Path) -> "dict[str, Tensor]":
    """Return the tensors of what was saved: a flat state dict, or one under a well-known name."""
    import torch

    if isinstance(content, Mapping):
        for state in (content, *(content.get(name) for name in _STATES)):
            if isinstance(state, Mapping) and state:
                tensors = {str(name): each for name, each in state.items() if isinstance(each, torch.Tensor)}
                if len(tensors) == len(state) and all(_in_memory(each) for each in tensors.values()):
                    return tensors
    raise ModelError(f"{path} holds no weights")


def _told_in(content: object) -> dict[str, str]:
    """Return the numbers of ``_TOLD`` that a checkpoint holds."""
    found = {}
    for path in _TOLD:
        value = content
        for name in path.split("."):
            inner = value.held if isinstance(value, _Kept) else value
            value = inner.get(name) if isinstance(inner, Mapping) else None
        value = value.held if isinstance(value, _Kept) else value
        if type(value) is int or type(value) is float:
            found[path] = str(value)
    return found


def _in_memory(tensor: "Tensor") -> bool:
    """Return whether all elements are really there: a few strides can make a terabyte of one number."""
    import torch

    plain = tensor.layout is torch.strided and tensor.device.type == "cpu"
    return plain and tensor.nbytes <= tensor.untyped_storage().nbytes()


class _Archive:
    """A torch archive: ``NAME/data.pkl``, and every storage raw as ``NAME/data/KEY``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist()):
            raise ValueError("torch does not compress")  # and a small file could fill the memory
        self._archive = archive
        pickles = [name for name in archive.namelist() if name.endswith("data.pkl")]
        if len(pickles) != 1:
            raise ValueError("it is no archive of torch")
        self._pickle = pickles[0]
        self._root = self._pickle.removesuffix("data.pkl")
        self._storages: dict[str, Tensor] = {}

    def content(self) -> Any:  # noqa: ANN401 - whatever was saved
        """Return what was saved."""
        order = f"{self._root}byteorder"
        if order in self._archive.namelist() and self._archive.read(order) != b"little":
            raise ValueError("it was written on a machine of the other byte order")
        with self._archive.open(self._pickle) as file:
            return _Unpickler(file, self._storage).load()

    def _storage(self, name: object) -> "Tensor":
        """Return a storage as a flat tensor; ``name`` is ("storage", its type, key, device, elements)."""
        import torch

        if not isinstance(name, tuple) or len(name) != 5 or not isinstance(name[1], _StorageType):
            raise ValueError("its pickle refers to something that is no storage")
        key = str(name[2])
        if key not in self._storages:
            raw = bytearray(self._archive.read(f"{self._root}data/{key}"))
            self._storages[key] = torch.frombuffer(raw, dtype=name[1].dtype) if raw else _empty(name[1].dtype)
        return self._storages[key]


class _Unpickler(pickle.Unpickler):
    """Makes containers and tensors, and of everything else a placeholder that does nothing."""

    def __init__(self, file: IO[bytes], storage: "Callable[[object], Tensor]") -> None:
        super().__init__(file)
        self._storage = storage

    def persistent_load(self, pid: object) -> "Tensor":
        """Return the storage that torch wrote beside the pickle."""
        return self._storage(pid)

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or a function
        """Return what a name may mean; nothing is imported for it."""
        if module == "torch" and name in _STORAGES:
            return _StorageType(name)
        return _ADMITTED.get((module, name), _Inert)


class _StorageType:
    """Stands for torch's class of a typed storage."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def dtype(self) -> "torch.dtype":
        """The type of its elements."""
        import torch

        found: torch.dtype = getattr(torch, _STORAGES[self._name])
        return found


class _Inert:
    """Takes the place of an object that is of no use here, whatever is done to it while unpickling."""

    def __new__(cls, *_: object, **__: object) -> "_Inert":
        return super().__new__(cls)

    def __init__(self, *_: object, **__: object) -> None:
        """Forget all arguments."""

    def __call__(self, *_: object, **__: object) -> "_Inert":
        return self

    def __setstate__(self, _: object) -> None:
        """Forget the state."""

    def __setitem__(self, _: object, __: object) -> None:
        """Forget the item."""

    def append(self, _: object) -> None:
        """Forget the item."""

    def extend(self, _: object) -> None:
        """Forget the items."""

    def add(self, _: object) -> None:
        """Forget the item."""


class _Settings(dict[Any, Any]):
    """Takes the place of easydict's dictionary, in which training configurations are kept."""

    def __setstate__(self, _: object) -> None:
        """Forget the attributes: they repeat the items."""


class _Kept(_Inert):
    """Takes the place of OmegaConf's containers and values: of their state only what they hold is kept."""

    held: object = None

    def __setstate__(self, state: object) -> None:
        """Keep the content of a container, the value of a leaf."""
        if isinstance(state, Mapping):
            self.held = state.get("_content", state.get("_val"))


def _tensor(
    storage: "Tensor", offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: object
) -> "Tensor":
    """Return a tensor that lies in a storage; torch refuses one that leaves it."""
    return storage.as_strided(size, stride, offset)


def _parameter(data: "Tensor", *_: object) -> "Tensor":
    """Return the tensor of a parameter."""
    return data


_ADMITTED: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("collections", "defaultdict"): defaultdict,
    ("easydict", "EasyDict"): _Settings,
    ("omegaconf.dictconfig", "DictConfig"): _Kept,
    ("omegaconf.nodes", "AnyNode"): _Kept,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch._utils", "_rebuild_parameter"): _parameter,
}


def _empty(dtype: "torch.dtype") -> "Tensor":
    import torch

    return torch.empty(0, dtype=dtype)


def _unshared(tensors: "Mapping[str, Tensor]") -> "dict[str, Tensor]":
    """Return tensors of which no two share memory, as safetensors wants them."""
    import torch

    whole = torch.contiguous_format
    return {name: each.detach().cpu().clone(memory_format=whole) for name, each in tensors.items()}


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
