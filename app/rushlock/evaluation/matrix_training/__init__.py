"""Training of the network that looks along diagonals (``nets.offset_cnn.diagonal``).

``material`` says what a provider of scenes gives: the same moments as several cameras see them, as layers of
vectors. ``generated`` makes them; ``Recorded`` holds real scenes. ``drawing`` makes matrices of them: pairs
of equal length with a planted lag, and strangers that share nothing. ``train`` runs the steps, ``honesty``
brings chances to what they are worth, ``scoring`` compares heads on scenes that were never trained on, in the
paper's figures. Scenes are what is split, not pairs.
"""
