"""Yui (結): the platform on which a municipality, its contractor and its residents run a 人財プラットフォーム together."""

__version__ = "0.1.0"
