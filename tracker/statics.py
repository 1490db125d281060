"""Static files: how they are compressed, and when they are collected again."""

import hashlib
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class BriskCompressor(Compressor):  # type: ignore[misc]  # WhiteNoise is not typed
    """Compress a tenth larger than the best, in 2 s instead of 25: somebody waits for it."""

    SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        small: bytes = brotli.compress(data, quality=9)
        return small


class BriskStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files named by their content and compressed once, when they are collected."""

    def create_compressor(self, **options: Any) -> BriskCompressor:
        return BriskCompressor(**options)


def collect_if_changed(root: Path) -> bool:
    """Collect and compress the static files unless the last collection saw the same ones."""
    stamp = root.with_suffix(".stamp")
    seen = fingerprint()
    if stamp.is_file() and root.is_dir() and stamp.read_text() == seen:
        return False
    call_command("collectstatic", interactive=False, clear=root.is_dir(), verbosity=0)
    stamp.write_text(seen)
    return True


def fingerprint() -> str:
    """Sum up names, sizes and times of all files that would be collected."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            found.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return found.hexdigest()
