"""Trains StreamSync's memory of the windows before: on footage that is in sync, or on generated events.

What is trained is a network of one of two makes: a StreamSync, begun with weights of a SparseSync or a
StreamSync; or a Synchformer with the same memory, begun with weights of a Synchformer. Either begins with
weights that tell offsets already.

Two phases, as published. *Memory* trains the streaming head alone, all else held still. *Whole* trains what
compares, too (and the extractors, if asked): gradients reach it through ``learning`` of the ``windows`` of a
sequence. Snapshots and streaming answers are told the same softened classes, weighed by ``alpha`` and
``beta``. Begun at random, the head would first have to find out that windows agree; it begins as their mean.

- ``recipe``: all choices. ``sources``, ``footage``: where sequences come from. ``sequences``: their cut.
- ``backbone``: what the two makes of network have in common. ``beginning``: first weights.
- ``phase``: what is lost. ``train``: the stage that does it all; steps, curves and checkpoints are
  ``window_training``'s.
- ``scores``: one window, the mean (APA) and the memory side by side, on what was never trained on.
  ``shipping``: weights, recipe and scores as they are shipped.
"""
