from pathlib import Path

import pytest

from flows.errors import WrongDeclaration
from integrations.sources.declared import FOLDER, manifests
from integrations.toolkit.manifest import load

GOOD = (FOLDER / "registry/manifest.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str, parts: tuple[str, ...] = ("source.py", "sandbox.py")) -> Path:
    source = folder / "registry"
    source.mkdir()
    (source / "manifest.toml").write_text(text, encoding="utf-8")
    for part in parts:
        (source / part).touch()
    return source


def test_the_declared_one_is_right(tmp_path: Path) -> None:
    assert load(write(tmp_path, GOOD)).name == "registry"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "registry"', 'name = "register"', "not the folder's name"),
        ('"trading_name"', '"trading_nom"', "no field is called 'trading_nom'"),
        ('"trading_name"', '"tax_arrears"', "does not trust this source"),
        ('zh = "工商登记"', "", "title has no 'zh'"),
        ("months = 0", "months = 900", "months is 900"),
        ('tier = "ready"', 'tier = "great"', "tier"),
        ('markets = ["CN", "GB"]', "markets = []", "markets is empty"),
        ("months = 0", "months =", "Correct the TOML"),
        ('auth = "api_key"', "", "auth"),
        ("[only.gleif-1]", "[only.gleif-9]", "gleif-9 is no profile"),
        ('kinds = ["company_profile"]', 'kinds = ["tax_filings"]', "that the source has not"),
        ('auth = "api_key"', 'auth = "api_key"\ncolour = "red"', "colour"),
    ],
)
def test_a_wrong_one_says_where_and_what(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(WrongDeclaration, match=r"registry/manifest\.toml") as caught:
        load(write(tmp_path, GOOD.replace(old, new)))
    assert says in str(caught.value)
    assert caught.value.fix


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongDeclaration, match=r"sandbox\.py is missing"):
        load(write(tmp_path, GOOD, ("source.py",)))


def test_a_folder_without_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongDeclaration, match="cannot be read"):
        load(tmp_path)


def test_every_folder_is_a_source() -> None:
    folders = {each.name for each in FOLDER.iterdir() if each.is_dir() and not each.name.startswith("_")}
    assert {each.name for each in manifests()} == folders
