"""Figures a town shares with its prefecture: by consent, measure by measure, as aggregates only."""
