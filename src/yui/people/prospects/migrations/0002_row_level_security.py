from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("prospects", "0001_initial")]
    operations = [second_wall("prospects_prospect")]
