"""Attachments: checked, stripped of metadata, served only through a permission."""
