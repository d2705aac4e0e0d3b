"""SparseSync (Iashin et al., BMVC 2022): windows of five seconds of picture and sound to an offset.

S3D looks, ResNet-18 listens to a spectrogram. Of the hundreds of tokens that each makes of a window, sixteen
learned selectors gather what tells of time; a small transformer compares the two handfuls. Parameters are
named as in the published checkpoints, so that these load strictly. ``config`` is light; all else loads torch.
"""
