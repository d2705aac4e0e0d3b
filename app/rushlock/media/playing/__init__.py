"""Frames and sound for somebody who watches: takes a clip and a moment that moves, gives what is shown then.

A ``Deck`` decodes one clip in a thread of its own round the moment it is aimed at; whoever draws asks it what
is on screen at an instant and never waits. ``RunningClock`` says which instant it is. Sound comes by range,
at 48 kHz for every clip. Where decoding is too slow, ``light`` makes light copies of the stretches looked at.

Decisions:
    * Frames are told apart by time stamps alone, as everywhere (see ``media.pictures``). What is shown at an
      instant is the last frame that has begun; a deck says whether that is certain or the best it has.
    * Pictures are scaled to the size shown in the deck's thread, straight to the pixels that are painted.
    * Qt's player was refused: it seeks to the frame before, and cannot say which frame it shows.
"""
