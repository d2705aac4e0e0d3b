"""Heads that read an offset off a matrix of how alike the frames of two clips are.

A matrix has the master's frames as rows, the node's as columns, both at one rate; larger is more alike. A lag
is row less column, as everywhere in Rushlock: positive, the node started later. (VideoSync counts the other
way: its offset of two clips, the first one as rows, is column less row. The functions that repeat it say so.)

``published`` repeats what VideoSync (arXiv 2506.15937) measured, for tables: a bare number each. These heads
answer noise with "about 0", because medians, pinned paths and zero-padded convolutions know where a matrix
begins and ends. ``unbiased`` holds what places clips: heads that look along diagonals alone, return a
posterior over lags with "they share nothing", and under the noise probe prefer no lag.
"""
