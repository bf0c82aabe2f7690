"""Finding things by words and names: one narrow table with an index of tokens, the same answers on both databases."""
