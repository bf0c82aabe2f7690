"""企画 activities with their sessions and 出番, and what came of them."""
