"""What must be ready before the server starts, each done only when it is not: translations and static files."""

import hashlib
import os
from pathlib import Path


def compile_translations() -> int:
    """Compile every catalogue whose .po is newer than its .mo. Returns how many were compiled."""
    from django.conf import settings

    count = 0
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            from babel.messages.mofile import write_mo
            from babel.messages.pofile import read_po

            part = target.with_suffix(f".{os.getpid()}.part")
            with source.open("rb") as given, part.open("wb") as made:
                write_mo(made, read_po(given))
            part.replace(target)
            count += 1
    return count


def collect_static() -> bool:
    """Collect the static files when one of them has changed since the last time. Returns whether it did."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.VAR) / "static.stamp"
    present = _fingerprint()
    if stamp.exists() and stamp.read_text() == present and Path(settings.STATIC_ROOT).is_dir():
        return False
    print("画面の部品をまとめています …", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(present)
    return True


def _fingerprint() -> str:
    """Names, sizes and times of every static file, as one digest."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = os.stat(storage.path(path))
            digest.update(f"{path}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
