"""The real systems behind the sources, as the settings name them; every other source talks to its sandbox."""

from bot.settings import SOURCE_PREFIX, Settings
from flows.errors import WrongDeclaration
from integrations.sources.declared import manifests
from integrations.toolkit.oauth import Endpoint


def endpoints(settings: Settings) -> dict[str, Endpoint]:
    """The real systems that the settings name, by source. Raises WrongDeclaration for one that cannot be used."""
    found: dict[str, Endpoint] = {}
    names = [each.name for each in manifests()]
    for name, each in settings.sources(names).items():
        where = f"{SOURCE_PREFIX}{name.upper()}_URL"
        if each.url is None:
            raise WrongDeclaration(where, "is not set, but other settings of this source are", "Set the address too")
        try:
            found[name] = Endpoint.read(each.url, each.profile, id=each.id, secret=each.secret)
        except ValueError as error:
            raise WrongDeclaration(where, str(error), "Write it as https://host/path") from None
    stray = settings.stray(names)
    if stray:
        raise WrongDeclaration(stray[0], "no source reads it", f"Use one of {', '.join(names)} in its name")
    return found
