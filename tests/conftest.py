"""What the sweeps share: the two towns, built once for a worker and taken away afterwards."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.town import build


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, tmp_path_factory):
    """Konan and Hinata, committed; the tables are emptied after the module."""
    files = tmp_path_factory.mktemp("files")  # another worker's files are not ours
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files):
        built = build(tmp_path_factory.mktemp("towns"))
        yield built
        call_command("flush", verbosity=0, interactive=False)
