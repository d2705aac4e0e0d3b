"""The pair view: two clips held together at a lag, and all that speaks for it or against.

``panel`` puts it together; ``asking`` has the comparison worked out beside the window's work; each other
module draws one part of it: ``heatmap``, ``curve``, ``places``, ``votes``, ``thirds``, ``waves``. Every part
shows the lag under consideration and can move it (``gui.considered``). pyqtgraph is used in here alone;
``plots`` sets it up.
"""
