"""The front page, the town page, my page and the desk: composed of what the wings offer, owning nothing."""
