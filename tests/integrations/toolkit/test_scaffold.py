"""The sketch of a new source: what is written where, and what is refused before anything is written."""

import shutil
import tomllib
from pathlib import Path

import pytest

from flows.errors import WrongDeclaration
from integrations.toolkit.scaffold import FIELDS_FILE, LOCALES, SOURCES, scaffold

ROOT = Path(__file__).parents[3]
TITLES = {"en": 'The "hub"', "zh": "快递平台"}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of the project as is written into."""
    (tmp_path / SOURCES).mkdir(parents=True)
    for path in (FIELDS_FILE, *(LOCALES / lang / f"{name}.toml" for lang in TITLES for name in ("source", "kind"))):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    return tmp_path


def everything(folder: Path) -> dict[str, str]:
    return {str(each.relative_to(folder)): each.read_text() for each in folder.rglob("*") if each.is_file()}


def test_what_is_written(clone: Path) -> None:
    before = everything(clone)
    written = {str(each) for each in scaffold(clone, "parcel_hub", TITLES)}
    after = everything(clone)
    assert {path for path, text in after.items() if before.get(path) != text} == written
    manifest = tomllib.loads(after["integrations/sources/parcel_hub/manifest.toml"])
    assert (manifest["name"], manifest["tier"], manifest["title"]["en"]) == ("parcel_hub", "sketch", "The 'hub'")
    assert 'BANK, "parcel_hub")),' in after[str(FIELDS_FILE)]
    for lang, title in TITLES.items():
        assert title in tomllib.loads(after[f"flows/locales/{lang}/kind.toml"])["parcel_hub_records"] or lang == "en"
        assert tomllib.loads(after[f"flows/locales/{lang}/source.toml"])["parcel_hub"]["why"]
    for name in ("source.py", "sandbox.py"):
        compile(after[f"integrations/sources/parcel_hub/{name}"], name, "exec")


@pytest.mark.parametrize("name", ["Bank", "1st", "a__b", "../bank", "", "x" * 31, "a-b", "_a"])
def test_a_name_that_is_none_is_refused(clone: Path, name: str) -> None:
    before = everything(clone)
    with pytest.raises(WrongDeclaration):
        scaffold(clone, name, TITLES)
    assert everything(clone) == before


def test_a_name_that_is_taken_is_refused(clone: Path) -> None:
    scaffold(clone, "hub", TITLES)
    before = everything(clone)
    with pytest.raises(WrongDeclaration, match="already"):
        scaffold(clone, "hub", TITLES)
    assert everything(clone) == before


def test_elsewhere_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(WrongDeclaration, match="not a clone"):
        scaffold(tmp_path, "hub", TITLES)
    assert everything(tmp_path) == {}
