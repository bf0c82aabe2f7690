"""Sign-in: accounts, second factors, sessions. An account is global; what it may do is in ``access``."""
