"""Who works here: accounts of staff, their roles from a day to a day, and the mail that tells them how to sign in."""
