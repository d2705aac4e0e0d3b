"""The colours of both looks, by name: what ``theme`` dresses the window in.

Greys that do not tint the eye beside pictures, few colours, each with a meaning. Status colours follow Okabe
and Ito's colour-blind safe set, darkened for large areas and once more for a light ground. On either ground
text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), signs and lines that mean something of 3 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rushlock.gui.standing import Standing


@dataclass(frozen=True, slots=True)
class Look:
    """One set of colours.

    Attributes:
        light: Whether the ground is light.
        colours: By the names that the style sheet and the painters use.
        standings: By clips' standing, for areas.
    """

    light: bool
    colours: Mapping[str, str]
    standings: Mapping[Standing, str]


DARK = Look(
    light=False,
    colours={
        "window": "#242528",
        "panel": "#1e1f21",
        "stripe": "#212225",
        "raised": "#2e2f33",
        "hover": "#393b40",
        "row-hover": "#2a2c30",
        "line": "#3a3c41",
        "handle": "#47494f",
        "handle-hover": "#5a5d64",
        "text": "#dcdde0",
        "muted": "#9b9ea6",
        "faint": "#696c74",
        "accent": "#4c8fce",
        "accent-deep": "#2f5f8f",
        "pressed": "#2f5f8f",
        "pressed-text": "#ffffff",
        "drop-hot": "#26303a",
        "chosen": "#c9ccd3",
        "in-hand": "#ffffff",
        "playhead-text": "#ff9c95",
        "warning": "#e0a94a",
        "banner": "#3a3222",
    },
    standings={
        Standing.SYNCED: "#3f9f86",
        Standing.REVIEW: "#d39a35",
        Standing.UNSYNCED: "#c5694a",
        Standing.ACCEPTED: "#56b4b4",
        Standing.MANUAL: "#5b9fd4",
        Standing.LOCKED: "#b07cb4",
        Standing.EXCLUDED: "#7b7e86",
        Standing.WAITING: "#8d9099",
    },
)

LIGHT = Look(
    light=True,
    colours={
        "window": "#e7e8ea",
        "panel": "#f6f6f7",
        "stripe": "#eff0f2",
        "raised": "#fbfbfc",
        "hover": "#d9dbdf",
        "row-hover": "#e4e7eb",
        "line": "#c3c5ca",
        "handle": "#b3b6bc",
        "handle-hover": "#979aa1",
        "text": "#1d1e21",
        "muted": "#575a61",
        "faint": "#85888f",
        "accent": "#1f6db5",
        "accent-deep": "#2b6cab",
        "pressed": "#c5dbf2",
        "pressed-text": "#0d355c",
        "drop-hot": "#e1edf9",
        "chosen": "#4a4d54",
        "in-hand": "#000000",
        "playhead-text": "#c0271b",
        "warning": "#855600",
        "banner": "#f8edd1",
    },
    standings={
        Standing.SYNCED: "#1f7d67",
        Standing.REVIEW: "#a26800",
        Standing.UNSYNCED: "#b0461e",
        Standing.ACCEPTED: "#1b7c7d",
        Standing.MANUAL: "#2a6ea8",
        Standing.LOCKED: "#884b8e",
        Standing.EXCLUDED: "#62656c",
        Standing.WAITING: "#666971",
    },
)
