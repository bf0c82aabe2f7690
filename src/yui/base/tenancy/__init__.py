"""The tenant: authorities and their districts. Outside a scope a tenant table cannot be queried at all."""
