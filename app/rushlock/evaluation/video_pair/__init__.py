"""Two silent clips, every head's answer: ``rushlock bench video A B``.

``evidence`` is what matrices are made of: motion, and CARL's embeddings where its weights are installed.
``answers`` asks the heads. ``crops`` repeats what papers on silent cameras measure: pairs cut to equal length
with lags planted, the error in frames with the margin of its mean.
"""
