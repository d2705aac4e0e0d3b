"""Feature tracks of two clips to similarity matrices.

Nothing yet: heard tracks go straight to lag curves (see ``rushlock.offsets.correlation``),
the means along the diagonals of the matrix they would make. Matrices arrive with the first embeddings.
"""
