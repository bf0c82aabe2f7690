from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_initial")]
    operations = [second_wall("assignments_wishsheet", "assignments_rankedwish")]
