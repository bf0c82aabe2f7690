"""Moving a town out of an installation and into another one: what belongs to it, how it leaves, how it arrives."""
