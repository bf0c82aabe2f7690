"""The forms of the wing: filters for everyone, what hosts write, what residents answer."""
