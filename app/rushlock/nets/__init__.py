"""Published networks as code, and their weights. Only here: torch's nn.

Arrays in, arrays out: a network stands behind ``protocol.WindowNet``; ``opening.open_net`` gives one by name.
What is known of weights is in ``registry``, what of them is on this computer in ``store``; ``checkpoint``
reads files of weights and runs nothing that is in them. A new kind of network is a folder of its own and a
line in ``families``.
"""
