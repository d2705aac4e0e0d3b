"""Options, once, as data: the command line's flags, the window's preferences and their help come from here.

Each field of ``Settings`` carries its help, unit and bounds in its metadata. Values are checked when made.
"""

from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

from rushlock.base.errors import UsageError


def option(
    default: Any,  # noqa: ANN401 - a field of any type
    text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    choices: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - a field of any type
    """Declare one setting with its help, bounds (inclusive), unit and, if only some words will do, those."""
    told = {"help": text, "low": low, "high": high, "unit": unit, "choices": choices}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Settings:
    """All options of a run."""

    accept: float = option(0.95, "place a clip as synced from this confidence on", low=0.5, high=0.9999)
    review: float = option(
        0.3, "below this confidence a clip is left unsynced instead of for review", low=0.0, high=1.0
    )
    max_drift_ppm: float = option(1000.0, "search drift up to this", low=0.0, high=2000.0, unit="ppm")
    timeline_rate: str = option(
        "auto", "frame rate of the timeline, such as 25, 23.976, 29.97DF; auto: the commonest"
    )
    cache_gib: float = option(4.0, "keep at most this much in the cache", low=0.0, high=10000.0, unit="GiB")
    workers: int = option(0, "worker processes for decoding; 0: one for each core", low=0, high=256)
    device: str = option("auto", "where torch computes: auto, cpu, cuda, mps")
    pictures: str = option(
        "auto",
        "place clips by picture alone where sound cannot: auto (up to six hours of picture a run), off, all",
        choices=("auto", "off", "all"),
    )
    own_sound: str = option(
        "auto",
        "tell whether each clip's own sound is in step with its picture: auto (where pictures were watched "
        "anyway), off, all (watches every picture)",
        choices=("auto", "off", "all"),
    )
    embeddings: str = option(
        "auto",
        "compare picture with sound by a network where sound alone leaves doubt: auto (what is installed), "
        "off, a family such as synchformer or sparsesync, or a model's name",
    )
    window_hop: float = option(
        2.0,
        "where picture and sound are followed along a clip, look at them this often",
        low=0.2,
        high=60.0,
        unit="s",
    )
    window_history: int = option(
        18, "judge at most so many looks at picture and sound together", low=1, high=500
    )

    def __post_init__(self) -> None:
        for spec in fields(self):
            check(spec, getattr(self, spec.name))


def check(spec: Field[Any], value: Any) -> None:  # noqa: ANN401 - a field of any type
    """Raise UsageError if a value breaks its option's bounds or is none of its words."""
    choices = spec.metadata.get("choices", ())
    if choices and value not in choices:
        raise UsageError(f"{spec.name} must be {', '.join(choices)}, not {value}")
    low, high = spec.metadata.get("low"), spec.metadata.get("high")
    if (low is not None and value < low) or (high is not None and value > high):
        raise UsageError(f"{spec.name} must lie between {low} and {high}, not {value}")


def default_of(spec: Field[Any]) -> Any:  # noqa: ANN401 - a field of any type
    """Return an option's default."""
    return None if spec.default is MISSING else spec.default
