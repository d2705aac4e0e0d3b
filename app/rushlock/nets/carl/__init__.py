"""CARL (Chen et al., CVPR 2022) as VideoSync uses it: one vector per frame, by picture alone.

A ResNet-50 looks at each frame by itself; a small transformer then lets the frames of a stretch look at each
other. Parameters are named as in the published checkpoints, so that these load strictly. ``config`` and
``windows`` are light; all else loads torch.

The transformer is told how far into the stretch a frame lies. Frames at equal relative places therefore
resemble each other whatever they show, and two stretches of nothing agree best at no offset at all. Published
numbers need it as it is (``FrameNet.embed``); what places clips uses ``windows.roaming``.
"""
