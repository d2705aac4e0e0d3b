"""The comparison with a trusted timeline: its sentences, and the clips that do not agree in a table."""

from rushlock.export.comparison import BAD, ComparedClip, Comparison, Verdict
from rushlock.export.comparison_words import VERDICT_WORDS, difference_words, summary
from rushlock.export.report.clips import status_badge
from rushlock.export.report.markup import Markup, joined, tag

_HEADINGS = ("Clip", "Camera", "Compared", "Difference", "Status")
_ORDER = list(Verdict)


def comparison_section(comparison: Comparison) -> Markup:
    """Return the section; what is wrong stands first, what agrees behind a fold."""
    sentences = tag("ul", [tag("li", sentence) for sentence in summary(comparison)])
    differing = [clip for clip in comparison.clips if clip.verdict is not Verdict.RIGHT]
    differing.sort(key=lambda clip: (_ORDER.index(clip.verdict), -abs(clip.difference or 0.0)))
    agreeing = [clip for clip in comparison.clips if clip.verdict is Verdict.RIGHT]
    fold = tag("details", tag("summary", "Show the clips that agree"), _table(comparison, agreeing))
    unknown = [tag("li", tag("code", str(path)), f": {reason}") for path, reason in comparison.unknown]
    return tag(
        "section",
        tag("h2", f"Compared with {comparison.name}"),
        sentences,
        _table(comparison, differing) if differing else tag("p", "Every clip agrees.", class_="good"),
        fold if agreeing else Markup(""),
        tag("ul", unknown) if unknown else Markup(""),
    )


def _table(comparison: Comparison, clips: list[ComparedClip]) -> Markup:
    head = [tag("th", words, scope="col") for words in _HEADINGS]
    body = [_row(comparison, clip) for clip in clips]
    return tag("div", tag("table", tag("thead", tag("tr", head)), tag("tbody", body)), class_="wide")


def _row(comparison: Comparison, clip: ComparedClip) -> Markup:
    status = joined("excluded") if clip.placement is None else status_badge(clip.placement.status)
    return tag(
        "tr",
        tag("td", clip.clip.name, title=str(clip.clip.path), class_="name"),
        tag("td", clip.clip.camera),
        tag("td", VERDICT_WORDS[clip.verdict], class_="bad" if clip.verdict in BAD else None),
        tag("td", difference_words(comparison, clip), class_="number"),
        tag("td", status),
    )
