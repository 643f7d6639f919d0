"""A source declares itself in manifest.toml; a wrong declaration stops the program with one sentence."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from flows.application.fields import FIELDS
from flows.errors import WrongDeclaration
from flows.ports import Manifest

FILE = "manifest.toml"
PARTS = ("source.py", "sandbox.py")
LANGUAGES = ("en", "zh")


def load(folder: Path) -> Manifest:
    """Read and check the manifest of the source in `folder`.

    Raises WrongDeclaration naming the file, what is wrong and how to put it right.
    """
    file = folder / FILE
    where = f"{folder.name}/{FILE}"
    try:
        manifest = Manifest.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise WrongDeclaration(where, "cannot be read", f"Put a {FILE} beside source.py") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongDeclaration(where, str(error), "Correct the TOML of this file") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongDeclaration(where, f"{key}: {first['msg']}", f"Declare {key} as the other sources do") from error
    _check(manifest, folder, where)
    return manifest


def _check(manifest: Manifest, folder: Path, where: str) -> None:
    if manifest.name != folder.name:
        raise WrongDeclaration(
            where, f"name {manifest.name!r} is not the folder's name", f"Write name = {folder.name!r}"
        )
    for part in PARTS:
        if not (folder / part).is_file():
            raise WrongDeclaration(where, f"{part} is missing", f"Add {folder.name}/{part}")
    for lang in LANGUAGES:
        if not manifest.title.get(lang, "").strip():
            raise WrongDeclaration(where, f"title has no {lang!r}", f"Add title.{lang}")
    for key, values in (("kinds", manifest.kinds), ("fields", manifest.fields), ("markets", manifest.markets)):
        if not values or len(set(values)) != len(values):
            raise WrongDeclaration(where, f"{key} is empty or repeats itself", f"List each of the {key} once")
    for name in manifest.fields:
        if name not in FIELDS:
            raise WrongDeclaration(where, f"no field is called {name!r}", "Use a name of flows/application/fields.py")
        if manifest.name not in FIELDS[name].sources:
            fix = f"Add {manifest.name!r} to its sources in flows/application/fields.py, or drop it here"
            raise WrongDeclaration(where, f"the field {name!r} does not trust this source", fix)
    _check_dialects(manifest, where)
    if not 0 <= manifest.months <= 60:
        raise WrongDeclaration(where, f"months is {manifest.months}", "Ask for 0 to 60 months")


def _check_dialects(manifest: Manifest, where: str) -> None:
    for profile, dialect in manifest.only.items():
        if profile not in manifest.profiles:
            raise WrongDeclaration(where, f"only.{profile} is no profile", "Name one of the profiles")
        if not set(dialect.kinds) <= set(manifest.kinds) or not set(dialect.fields) <= set(manifest.fields):
            fix = "Declare there only what the source declares above"
            raise WrongDeclaration(where, f"only.{profile} has kinds or fields that the source has not", fix)
