"""What a wing can count, always with its rows; months locked; the lines of a desk."""
