"""A fictional but lifelike town: obviously invented people, relative to today."""
