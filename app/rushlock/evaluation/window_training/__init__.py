"""Trains reduced Synchformers on generated events: the stand-in under ``models/``, or a larger one.

Two phases, as the published training has, with two changes.

*Reading* trains the extractors segment by segment. Besides the published contrast of picture and sound,
every token must say in which part of its time something hits and how far a mouth is open, which the generator
knows. That teaches more a second than one answer for a segment. The layer that answers is shared by picture
and sound, so that both come to mean the same.

*Judging* trains what looks at whole windows, on tokens of extractors held still: any picture of a scene
against any sound of it (other view, other microphone, other moment), and against strangers. It begins as a
plain correlation of what was read, for begun at random it learnt nothing in the time there was.

- ``recipe``: all choices. ``material``: scenes to arrays. ``feeding``: arrays to tokens.
- ``first_sight``, ``first_lags``: first weights. ``reading``, ``judging``: what is lost in each phase.
- ``loop``: steps, rates, time left. ``keeping``: checkpoints. ``curves``: what was learnt when.
- ``train``: the stage that does it all. ``scores``: how good it is on scenes never trained on.
  ``shipping``: weights, recipe and scores as they are shipped.
"""
