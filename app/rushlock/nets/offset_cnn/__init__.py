"""Small networks that read a matrix of alike frames: VideoSync's own, and ours.

``published`` is the one of the paper, which sees where a matrix ends. ``diagonal`` cannot: it is what places
clips. ``config`` is light; all else loads torch.
"""
