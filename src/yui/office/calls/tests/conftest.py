import pytest

from yui.base.tenancy.scope import authority_scope
from yui.office.calls.tests.cast import call_town


@pytest.fixture
def kurihara(db, settings, tmp_path):
    """The area of Kurihara on the day of its announcement."""
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2024-05-28"
    town = call_town("kurihara")
    with authority_scope(town.authority):
        yield town


@pytest.fixture
def sanda(db, settings, tmp_path):
    """Sanda on the day of its announcement."""
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2025-05-28"
    town = call_town("sanda")
    with authority_scope(town.authority):
        yield town
