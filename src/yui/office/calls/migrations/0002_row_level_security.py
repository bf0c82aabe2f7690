from django.db import migrations

from yui.base.tenancy.second_wall import second_wall


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]
    operations = [
        second_wall(
            "calls_applicant", "calls_question", "calls_proposal", "calls_submittedpaper", "calls_conflictdeclaration",
            "calls_score", "calls_memberorder", "calls_scorecorrection", "calls_selectionrecord",
            "calls_disclosurerequest",
        )
    ]
