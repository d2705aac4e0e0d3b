"""Feature tracks of two clips to similarity matrices. Pairs of heard tracks go straight to lag curves (see offsets); matrices arrive with the first embedding."""
