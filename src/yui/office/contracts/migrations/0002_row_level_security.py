from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [second_wall("contracts_namedstaff")]
