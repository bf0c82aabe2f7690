"""The rules of eligible cost: categories, ceilings, honoraria."""
