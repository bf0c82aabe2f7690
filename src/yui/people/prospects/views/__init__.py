"""The screens of prospects."""
