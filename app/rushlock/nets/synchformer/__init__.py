"""Synchformer (Iashin et al., ICASSP 2024): segments to tokens, windows of them to offsets.

A picture extractor (Motionformer with divided space-time attention) and a sound extractor (AST) see one
segment of 0.64 s at a time; a small transformer then judges a window of them. Parameters are named as in the
published checkpoints, so that these load strictly. ``config`` is light; all else loads torch.
"""
