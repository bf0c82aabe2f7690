"""Many at once, through HTTP, on two processes with PostgreSQL."""
