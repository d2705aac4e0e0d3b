"""What the window shows of one pair of clips, worked out anew for eyes: nothing here places a clip.

``comparing`` is the stage: a ``Question`` in, a ``Comparison`` out. It takes what earlier runs left in the
cache and computes the rest: the clips at every zoom (``similarity.scales``), each method's evidence by lag
and its votes (``hearing``, ``seeing``, ``networks``), what they come to together (``ballot``), and where
third clips that are heard with the node put it.
"""
