"""Synthetic sources: takes seeds, gives 48 kHz sound on an event's true clock, any stretch in any order.

Nothing is recorded or shipped; everything grows from numpy's PCG64 streams, keyed by the source's seed and
the number of the block, so that a stretch sounds the same whoever asks for it and whenever.
"""
