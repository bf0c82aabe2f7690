"""企画 and 出番: what is run, what one may join, who came, and who met whom."""
