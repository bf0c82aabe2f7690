"""Importing a town's list of people: its columns, reading a row, what would be done, doing it, taking it back."""
