"""StreamSync (Voas et al.): SparseSync with a memory of the windows before.

Each window leaves one token; a streaming head reads the tokens so far, however many, and answers for all of
them. No weights are published. ``config`` is light; all else loads torch.
"""
