from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("people", "0003_merges_and_external_numbers")]
    operations = [second_wall("people_merge", "people_externalnumber")]
