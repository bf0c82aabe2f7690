"""Speed and memory, shown as figures beside their budgets and named peers. Run with ``make bench``."""
