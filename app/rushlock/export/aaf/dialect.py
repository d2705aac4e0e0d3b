"""The dialect: all sequences of a delivery and their media in one AAF."""

import itertools
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import aaf2

import rushlock
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.export import losses
from rushlock.export.aaf import parts
from rushlock.export.aaf.composition import Composition
from rushlock.export.aaf.identity import identity, recorded
from rushlock.export.aaf.media_mobs import Media, MediaMobs
from rushlock.export.atomic import being_written
from rushlock.export.delivery import Delivery
from rushlock.export.dialect import STAGE, Dialect
from rushlock.export.policy import ChannelNames, Scratch
from rushlock.export.sequences import Sequence as Timeline
from rushlock.export.sequences import sequences

_EPOCH = datetime(1970, 1, 1)


def write(destination: Path, delivery: Delivery, token: CancelToken) -> Stage[tuple[Path, ...]]:
    """Write a delivery as one AAF."""
    timelines = sequences(delivery)
    with being_written(destination) as part, aaf2.open(str(part), "w") as aaf:
        yield from _fill(aaf, timelines, delivery, token)
    return (destination,)


def _fill(
    aaf: parts.Made, timelines: Sequence[Timeline], delivery: Delivery, token: CancelToken
) -> Stage[None]:
    media = _media(timelines)
    when = max((recorded(one.file) for one in media), default=_EPOCH)
    named = delivery.policy.channel_names is ChannelNames.IXML
    mobs = MediaMobs(aaf, media, delivery.timeline_rate, drop=delivery.drop)
    for done, one in enumerate(media):
        token.check()
        yield Progress(STAGE, done, len(media), one.file.path.name, "files")
        mobs.add(one)
    made = []
    for timeline in timelines:
        token.check()
        yield Progress(STAGE, len(media), len(media), timeline.name, "files")
        made.append(Composition(aaf, timeline, mobs, named=named).mob(when))
    aaf.content.mobs.extend(made)
    mobs.attach()
    _sign(aaf, when, [str(mob.mob_id) for mob in made])


def _media(timelines: Sequence[Timeline]) -> list[Media]:
    """Return every file on the timelines, once; copies of one recording are one."""
    rows = itertools.chain.from_iterable(timeline.plan.rows for timeline in timelines)
    found: dict[str, Media] = {}
    for event in itertools.chain.from_iterable(row.events for row in rows):
        found.setdefault(event.file.fingerprint, Media(event.clip, event.file, event.placement))
    return list(found.values())


def _sign(aaf: parts.Made, when: datetime, content: Sequence[str]) -> None:
    """Say who wrote this, the same at every export of the same content."""
    (who,) = list(aaf.header["IdentificationList"].value)
    who["ProductName"].value = "Rushlock"
    who["CompanyName"].value = "Rushlock"
    who["ProductVersionString"].value = rushlock.__version__
    who["ProductID"].value = identity("product")
    who["Platform"].value = sys.platform
    who["Date"].value = when
    who["GenerationAUID"].value = identity("generation", *content)
    aaf.header["LastModified"].value = when


def shoot_losses(delivery: Delivery) -> tuple[str, ...]:
    """Return what AAF cannot say of this shoot."""
    return (
        *losses.drift(delivery, "AAF"),
        *losses.sub_frame(delivery, "AAF"),
        *_other_rates(delivery),
        *_muted(delivery),
        *losses.silence(delivery),
        *losses.own_sound(delivery),
    )


def _other_rates(delivery: Delivery) -> tuple[str, ...]:
    rate = delivery.timeline_rate
    odd = {
        event.clip.key
        for event in losses.synced_events(delivery)
        if event.source.picture and event.source.rate != rate
    }
    if not odd:
        return ()
    clips = losses.counted(len(odd), "clip")
    return (
        f"{clips} at another rate than the timeline's {rate}: Media Composer adds motion adapters to them",
    )


def _muted(delivery: Delivery) -> tuple[str, ...]:
    if delivery.policy.scratch is not Scratch.MUTED:
        return ()
    return ("camera sound that is to be muted: left out of the sequence, there in the master clips",)


DIALECT = Dialect(
    name="AAF",
    suffix=".aaf",
    readers="Avid Media Composer, DaVinci Resolve, Premiere Pro",
    carries="a sequence with a track for each camera, tapes with source timecode, linked media, markers",
    loses="what is finer than a frame; drift; mute; evidence",
    writer=write,
    losses=shoot_losses,
    steps=(
        "Media Composer: link the media first (File > Input > Source Browser), so that they are online.",
        "File > Input > Import Media, choose the .aaf; sequences and master clips come into the open bin.",
        "If clips are offline, select them and take Clip > Relink by tape name and timecode.",
        "To group: import the .ale too and group by Auxiliary TC1, or use AutoSequence's tracks as they are.",
        "DaVinci Resolve: File > Import > Timeline, with the media already in the Media Pool.",
    ),
)
