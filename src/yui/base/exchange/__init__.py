"""The door through which data leaves: CSV and JSON that a spreadsheet cannot misread."""
