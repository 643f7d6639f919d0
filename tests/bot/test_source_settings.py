"""Settings that point a source at a real system: read by name, never shown, a misspelt one is named."""

import json

import pytest
from click.testing import CliRunner

from bot.commands.doctor import doctor
from bot.commands.sources import sources
from bot.settings import Settings
from bot.wiring import spoken_sources
from bot.workers.endpoints import endpoints
from flows.errors import WrongDeclaration


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("LENDLINE_HOME", str(tmp_path))


def test_nothing_set_means_sandboxes() -> None:
    assert endpoints(Settings()) == {}


def test_an_address_with_its_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LENDLINE_SOURCE_BANK_URL", "https://bank.example/api")
    monkeypatch.setenv("LENDLINE_SOURCE_BANK_ID", "client-1")
    monkeypatch.setenv("LENDLINE_SOURCE_BANK_SECRET", "hush")
    monkeypatch.setenv("LENDLINE_SOURCE_BANK_PROFILE", "berlin-group-1.3")
    monkeypatch.setenv("LENDLINE_SOURCE_TAX_URL", "https://gateway:p%40ss@tax.example")
    found = endpoints(Settings())
    assert (found["bank"].url, found["bank"].profile) == ("https://bank.example/api", "berlin-group-1.3")
    assert found["bank"].credentials.secret.get_secret_value() == "hush"
    assert found["tax"].credentials.secret.get_secret_value() == "p@ss"
    assert "p%40ss" not in found["tax"].url
    assert "hush" not in repr(found)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LENDLINE_SOURCE_BNAK_URL", "https://bank.example", "no source reads it"),
        ("LENDLINE_SOURCE_BANK_SECRET", "hush", "Set the address too"),
        ("LENDLINE_SOURCE_BANK_URL", "bank.example", "must begin with https"),
        ("LENDLINE_SOURCE_BANK_URL", "ftp://bank.example", "must begin with https"),
    ],
)
def test_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongDeclaration) as caught:
        endpoints(Settings())
    assert says in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_misspelt_one_in_the_file_is_named_too(tmp_path: object) -> None:
    with open(".env", "w", encoding="utf-8") as file:  # noqa: PTH123 - the folder is the current one
        file.write("LENDLINE_SOURCE_TAXX_URL=https://tax.example\n")
    with pytest.raises(WrongDeclaration, match="TAXX"):
        endpoints(Settings())


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"URL": "http://bank.example"}, "without encryption"),
        ({"URL": "https://bank.example", "PROFILE": "obie-9"}, "does not speak obie-9"),
        ({"URL": "https://me:hush@bank.example"}, "bank at bank.example"),
        ({"URL": "https://bank.example"}, "without an id"),
    ],
    ids=["plain http", "profile", "right", "no id"],
)
def test_the_doctor_looks_at_them(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], says: str) -> None:
    monkeypatch.setenv("LENDLINE_PUBLIC_URL", "https://apply.example")
    for key, value in values.items():
        monkeypatch.setenv(f"LENDLINE_SOURCE_BANK_{key}", value)
    said = CliRunner().invoke(doctor).output
    assert says in said
    assert "hush" not in said


def test_the_doctor_wants_a_way_back_for_owners_who_sign_in_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LENDLINE_SOURCE_BANK_URL", "https://me:hush@bank.example")
    assert "set LENDLINE_PUBLIC_URL" in CliRunner().invoke(doctor).output


def test_a_profile_that_gives_less_is_asked_for_less(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = spoken_sources(Settings())["registry"]
    monkeypatch.setenv("LENDLINE_SOURCE_REGISTRY_URL", "https://lei.example")
    assert spoken_sources(Settings())["registry"] == whole
    assert "without an id" in CliRunner().invoke(doctor).output
    monkeypatch.setenv("LENDLINE_SOURCE_REGISTRY_PROFILE", "gleif-1")
    assert spoken_sources(Settings())["registry"].kinds == ("company_profile",)
    assert "without an id" not in CliRunner().invoke(doctor).output
    listed = json.loads(CliRunner().invoke(sources, ["--json"]).output)
    row = next(each for each in listed if each["name"] == "registry")
    assert (row["auth"], row["connects_to"]) == ("open", "real: lei.example (gleif-1)")
    assert row["proved"].startswith("not proved against the live service")
