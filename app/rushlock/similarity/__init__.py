"""Two clips' tracks to a matrix: master x node, larger is more alike.

Takes embedded segments (``features.segments``) as vectors by modality (``vectors``), compares them by a
metric (``matrix``), and gives what heads and views need of the result: the lag curve with its standard error
(``lag_curve``), a posterior over lags (``posterior``), and the matrix as a picture at any zoom
(``heatmap``, ``tiles``). Matrices of hours by hours never exist as a whole: they are computed in strips of
rows, each looked at once.
"""
