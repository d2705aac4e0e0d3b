"""The two-up player: master and node as they are at one moment, at the lag under consideration.

``Transport`` says where one is on the master's clock and how fast that moves; ``Relation`` what the node's
time is then. Decks (``media.playing``) decode; a ``Pane`` holds what one clip shows, a ``Screen`` paints
panes beside, over and across each other, or many. ``PlayerView`` puts it together. The window's thread only
ever asks for what is decoded already.
"""
