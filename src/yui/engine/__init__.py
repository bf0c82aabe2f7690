"""Pure decisions: no Django, no I/O, no clock, no chance. Codes and values out, no words."""
