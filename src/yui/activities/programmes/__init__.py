"""Regional programmes that receive people from outside."""
