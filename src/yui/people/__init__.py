"""Persons, organisations, registrations, stages, consents, contact notes and prospects."""
