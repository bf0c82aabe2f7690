"""The pages of the introductions wing: lists, introductions, answers, fairness."""
