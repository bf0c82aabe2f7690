"""Monthly reports with locked figures."""
