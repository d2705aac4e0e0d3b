"""Synchformer with StreamSync's memory: each window leaves a token, a streaming head reads those so far.

Not published by anybody. The public weights of Synchformer are stronger than SparseSync's, and what
StreamSync adds asks only for a deciding token and one that passes on: so it is put behind Synchformer's
judge, too.
``config`` is light; all else loads torch.
"""
