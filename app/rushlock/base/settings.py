"""Options, once, as data: the command line's flags, the window's preferences and their help come from here.

Each field of ``Settings`` carries its help, unit and bounds in its metadata, and for the window's preferences
a short label and the page it stands on. Values are checked when made.
"""

from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Any

from rushlock.base.errors import UsageError


class Page(StrEnum):
    """What options belong to, in the order in which the preferences show it."""

    PLACING = "Placing clips"
    PICTURES = "Pictures and networks"
    TIMELINE = "Timeline"
    COMPUTER = "Computer and cache"


def option(
    default: Any,  # noqa: ANN401 - a field of any type
    text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    choices: tuple[str, ...] = (),
    usual: tuple[str, ...] = (),
    folder: bool = False,
    label: str = "",
    page: Page = Page.PLACING,
) -> Any:  # noqa: ANN401 - a field of any type
    """Declare one setting.

    Args:
        default: Its value unless another one is asked for.
        text: Its help, for flags and preferences.
        low: Its least value.
        high: Its largest value.
        unit: Of a number.
        choices: The words that will do, if only some.
        usual: Words to offer, where others will do as well.
        folder: Whether it names a folder.
        label: Its short name in the preferences.
        page: Where the preferences show it.
    """
    told = {"help": text, "low": low, "high": high, "unit": unit, "choices": choices}
    told |= {"usual": usual, "folder": folder, "label": label, "page": page}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Settings:
    """All options of a run."""

    accept: float = option(
        0.95,
        "place a clip as synced from this confidence on",
        low=0.5,
        high=0.9999,
        label="Synced from",
    )
    review: float = option(
        0.3,
        "below this confidence a clip is left unsynced instead of for review",
        low=0.0,
        high=1.0,
        label="For review from",
    )
    max_drift_ppm: float = option(
        1000.0, "search drift up to this", low=0.0, high=2000.0, unit="ppm", label="Largest drift"
    )
    timeline_rate: str = option(
        "auto",
        "frame rate of the timeline, such as 25, 23.976, 29.97DF; auto: the commonest",
        usual=("auto", "23.976", "24", "25", "29.97", "29.97DF", "30", "50", "59.94", "59.94DF"),
        label="Frame rate",
        page=Page.TIMELINE,
    )
    cache_gib: float = option(
        4.0,
        "keep at most this much in the cache",
        low=0.0,
        high=10000.0,
        unit="GiB",
        label="Largest cache",
        page=Page.COMPUTER,
    )
    cache_place: str = option(
        "",
        "folder of the cache; empty: the system's usual place",
        folder=True,
        label="Cache folder",
        page=Page.COMPUTER,
    )
    workers: int = option(
        0,
        "worker processes for decoding; 0: one for each core",
        low=0,
        high=256,
        label="Worker processes",
        page=Page.COMPUTER,
    )
    device: str = option(
        "auto",
        "where torch computes: auto, cpu, cuda, mps",
        usual=("auto", "cpu", "cuda", "mps"),
        label="Networks run on",
        page=Page.COMPUTER,
    )
    decode: str = option(
        "software",
        "what decodes pictures: software, or hardware (the graphics card, where there is one that can; the "
        "result is the same; faster for 4K and HEVC)",
        choices=("software", "hardware"),
        label="Decode pictures by",
        page=Page.PICTURES,
    )
    pictures: str = option(
        "auto",
        "place clips by picture alone where sound cannot: auto (up to six hours of picture a run), off, all",
        choices=("auto", "off", "all"),
        label="Place by picture",
        page=Page.PICTURES,
    )
    own_sound: str = option(
        "auto",
        "tell whether each clip's own sound is in step with its picture: auto (where pictures were watched "
        "anyway), off, all (watches every picture)",
        choices=("auto", "off", "all"),
        label="Check own sound",
        page=Page.PICTURES,
    )
    embeddings: str = option(
        "auto",
        "compare picture with sound by a network where sound alone leaves doubt: auto (what is installed), "
        "off, a family such as synchformer or sparsesync, or a model's name",
        usual=("auto", "off", "synchformer", "sparsesync"),
        label="Compare by a network",
        page=Page.PICTURES,
    )
    window_hop: float = option(
        2.0,
        "where picture and sound are followed along a clip, look at them this often",
        low=0.2,
        high=60.0,
        unit="s",
        label="Follow a clip every",
        page=Page.PICTURES,
    )
    window_history: int = option(
        18,
        "judge at most so many looks at picture and sound together",
        low=1,
        high=500,
        label="Looks judged together",
        page=Page.PICTURES,
    )

    def __post_init__(self) -> None:
        for spec in fields(self):
            check(spec, getattr(self, spec.name))

    @property
    def by_hardware(self) -> bool:
        """Whether the graphics card may decode pictures."""
        return self.decode == "hardware"


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
