"""What every source declares of itself, read from the manifests beside its code; no source is loaded for it."""

from pathlib import Path

from flows.ports import Manifest
from integrations.toolkit import manifest as manifest_file

FOLDER = Path(__file__).parent


def manifests(folder: Path = FOLDER) -> tuple[Manifest, ...]:
    """The manifests of all sources, by name. Raises WrongDeclaration for a wrong one."""
    folders = sorted(file.parent for file in folder.glob(f"*/{manifest_file.FILE}"))
    return tuple(manifest_file.load(each) for each in folders)
