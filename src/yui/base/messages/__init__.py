"""The one sender: everything sent is a row with its state; channels are folders."""
