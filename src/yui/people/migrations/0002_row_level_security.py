from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [second_wall("people_contact", "people_residence", "people_personkey", "people_consent")]
