"""Settings, addresses, the web server entry and the command line."""
