"""Published networks as code, and their weights. Only here: torch's nn. Networks arrive with the first published system."""
