"""What the pair view says in words: lags, places, and in one or two sentences what there is to see."""

import math
from collections.abc import Sequence

from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.words import chance_label, gap_label, timecode_label, tr
from rushlock.pipeline.pair_view.ballot import Ballot, Place
from rushlock.pipeline.pair_view.hearing import CLEAR
from rushlock.pipeline.pair_view.question import BOTH, PICTURE, SOUND, Comparison, Modality, NetSide
from rushlock.placements.words import duration_words

_AS_GOOD = 0.5
_LIKELY = 0.3
_SURE = 0.95
_HERE_S = 0.02
_ELSEWHERE_S, _AS_ALIKE = 1.0, 0.8


def lag_label(lag: float, shoot: Shoot) -> str:
    """Return a lag as signed timecode and as seconds: "+00:00:12:04 (+12.1632 s)"."""
    return f"{signed_timecode(lag, shoot)} ({lag:+.4f} s)"


def signed_timecode(lag: float, shoot: Shoot) -> str:
    """Return a lag as timecode with its sign."""
    label = timecode_label(lag, shoot.rate)
    return label if label.startswith("-") else f"+{label}"


def away_label(away: float, shoot: Shoot) -> str:
    """Return how far a lag is from the one that is looked at: in frames, from 1 s on in seconds."""
    return gap_label(away, shoot.rate) if abs(away) < 1.0 else f"{away:+.2f} s"


def modality_word(modality: Modality) -> str:
    """Return what a modality is called."""
    if isinstance(modality, NetSide):
        sides = {
            "audio": tr("compare", "sound"),
            "video": tr("compare", "picture"),
            "both": tr("compare", "both"),
        }
        return f"{modality.net}: {sides[modality.side]}"
    words = {
        SOUND: tr("compare", "Sound"),
        PICTURE: tr("compare", "Picture"),
        BOTH: tr("compare", "Sound and picture"),
    }
    return words[modality]


def method_word(method: str) -> str:
    """Return what a method is called."""
    words = {
        "sound": tr("compare", "Sound"),
        "picture": tr("compare", "Picture"),
        "sound+picture": tr("compare", "Network"),
        "diagonals": tr("compare", "Diagonals"),
        "votes": tr("compare", "Row votes"),
        "free path": tr("compare", "Free path"),
    }
    return words.get(method, method)


def place_chance(place: Place) -> str:
    """Return a place's chance; a mere peak has none worth a number."""
    return chance_label(place.chance) if place.chance >= 0.0005 else tr("compare", "by chance")


def apart_words(seconds: float, shoot: Shoot) -> str:
    """Return how far two places lie apart: frames near by, else seconds."""
    seconds = abs(seconds)
    if seconds < 1.0:
        return gap_label(seconds, shoot.rate).lstrip("+").replace("(+", "(")
    if seconds < 60.0:
        return tr("compare", "{seconds} s").format(seconds=f"{seconds:.1f}")
    return duration_words(seconds, float(1 / shoot.rate.fps))


def verdict(comparison: Comparison, shoot: Shoot) -> str:
    """Return what one sees of a pair, in a sentence or two."""
    missing = missing_words(comparison)
    sentence = places_words(comparison.ballot, comparison.question.modality, shoot)
    return " ".join(part for part in (missing, sentence) if part)


def missing_words(comparison: Comparison) -> str:
    """Return why the modality asked for cannot be shown, empty where it can."""
    modality = comparison.question.modality
    if comparison.master is not None and comparison.node is not None:
        return ""
    wanted = {SOUND: (SOUND,), PICTURE: (PICTURE,), BOTH: (SOUND, PICTURE)}
    names = (modality.net,) if isinstance(modality, NetSide) else wanted[modality]
    why = "; ".join(dict.fromkeys(reason for what, reason in comparison.troubles if what in names))
    text = tr("compare", "{modality} cannot be compared: {why}.")
    return text.format(modality=modality_word(modality), why=why or tr("compare", "there is nothing"))


def instead_words(wish: Modality, comparison: Comparison) -> str:
    """Return why something else is shown than was wished for."""
    lacking = {SOUND: (SOUND,), PICTURE: (PICTURE,), BOTH: (SOUND, PICTURE)}
    names = () if isinstance(wish, NetSide) else lacking[wish]
    why = "; ".join(dict.fromkeys(reason for what, reason in comparison.troubles if what in names))
    used = modality_word(comparison.question.modality).lower()
    text = tr("compare", "{why}; compared by {used}.") if why else tr("compare", "Compared by {used}.")
    return text.format(why=why, used=used)


def places_words(ballot: Ballot, modality: Modality, shoot: Shoot) -> str:
    """Return how many places there are, and how good."""
    likely = [p for p in ballot.places if p.chance >= _LIKELY]
    if not likely:
        return _nothing_words(ballot)
    best = likely[0]
    rivals = [p for p in ballot.places[1:] if p.chance >= _AS_GOOD * best.chance]
    alike = [p for p in ballot.places[1:] if _as_high(p, best)]
    if rivals:
        gap = apart_words(rivals[0].offset - best.offset, shoot)
        if len(rivals) == 1:
            return tr("compare", "Two equally good places, {gap} apart.").format(gap=gap)
        return tr("compare", "{count} equally good places: what is there repeats.").format(
            count=len(rivals) + 1
        )
    lag, chance = signed_timecode(best.offset, shoot), chance_label(best.chance)
    text = (
        tr("compare", "One place stands out: {lag}, {chance}{methods}.")
        if best.chance >= _SURE
        else tr("compare", "A likely place: {lag}, {chance}{methods}.")
    )
    methods = _methods_words(best)
    said = text.format(lag=lag, chance=chance, methods=f" ({methods})" if methods else "")
    if not alike:
        return said
    repeats = tr("compare", "It fits nearly as well {gap} away: what is there repeats.")
    return f"{said} {repeats.format(gap=apart_words(alike[0].offset - best.offset, shoot))}"


def _as_high(place: Place, best: Place) -> bool:
    """Return whether a place elsewhere stands nearly as high as the best one: what is there repeats."""
    elsewhere = abs(place.offset - best.offset) > _ELSEWHERE_S
    return elsewhere and best.height > CLEAR and place.height >= _AS_ALIKE * best.height


def _methods_words(place: Place) -> str:
    names = [method_word(method).lower() for method in place.methods]
    if len(names) > 1:
        together = tr("compare", "{some} and {last} agree")
        return together.format(some=", ".join(names[:-1]), last=names[-1])
    return tr("compare", "by {method}").format(method=names[0]) if names else ""


def _nothing_words(ballot: Ballot) -> str:
    voted = {vote.method for vote in ballot.votes}
    if SOUND in voted and PICTURE in voted:
        return tr("compare", "Nothing heard or seen together: no lag stands out from chance.")
    if SOUND in voted:
        return tr("compare", "Nothing heard together: no lag stands out from chance.")
    if PICTURE in voted:
        return tr("compare", "Nothing seen together: no lag stands out from chance.")
    return tr("compare", "There is nothing to compare these two by.")


def stand_words(lag: float, in_place: float | None, ballot: Ballot, shoot: Shoot) -> str:
    """Return how the lag under consideration stands to the best place and to the placements."""
    best = ballot.places[0] if ballot.places and ballot.places[0].chance >= _LIKELY else None
    parts = []
    if best is not None:
        parts.append(_beside(lag - best.offset, tr("compare", "the best place"), shoot))
    if in_place is not None and (best is None or abs(in_place - best.offset) > _HERE_S):
        parts.append(_beside(lag - in_place, tr("compare", "where it is placed"), shoot))
    return " · ".join(parts)


def _beside(away: float, what: str, shoot: Shoot) -> str:
    if abs(away) < 0.0005:
        return tr("compare", "at {what}").format(what=what)
    gap = apart_words(away, shoot)
    text = (
        tr("compare", "{gap} later than {what}") if away > 0 else tr("compare", "{gap} earlier than {what}")
    )
    return text.format(gap=gap, what=what)


def height_label(height: float) -> str:
    """Return how high a curve stands, in units of what chance reaches."""
    return f"{height:.1f} ×" if math.isfinite(height) else "–"


def margin_label(margin: float) -> str:
    """Return by how much a place stands above the best one elsewhere."""
    return f"{margin:+.1f}" if math.isfinite(margin) else "–"


def partner_label(row: Row) -> str:
    """Return how a clip is called in the list of masters."""
    return f"{row.clip.camera} / {row.clip.name}"


def strength_word(height: float) -> str:
    """Return how clearly a third clip is heard with the node."""
    return tr("compare", "heard clearly") if height >= CLEAR else tr("compare", "hardly heard")


def thirds_sentence(agreeing: Sequence[str], others: Sequence[str]) -> str:
    """Return in one sentence what other cameras say of a lag."""
    total = len(agreeing) + len(others)
    if not total:
        return tr("compare", "No other camera tells of this pair.")
    if not others:
        if total == 1:
            return tr("compare", "{name} agrees with this lag.").format(name=agreeing[0])
        return tr("compare", "All {count} other cameras that tell agree with this lag.").format(count=total)
    if not agreeing:
        if total == 1:
            return tr("compare", "{name} puts the pair elsewhere.").format(name=others[0])
        return tr("compare", "None of the {count} other cameras that tell agrees with this lag.").format(
            count=total
        )
    text = tr("compare", "{agreeing} of {count} other cameras agree with this lag; {others} not.")
    return text.format(agreeing=len(agreeing), count=total, others=", ".join(others))
