"""The web side of a house: the one place where its parts are handed to the web application."""

from collections.abc import Mapping

from bot.web.parts import Check, Parts
from bot.wiring import House


def parts_of(house: House, checks: Mapping[str, Check]) -> Parts:
    """What the web application is made of; `checks` are what `/readyz` asks."""
    return Parts(
        door=house.door,
        database=house.database,
        sealer=house.sealer,
        library=house.library,
        links=house.links,
        clock=house.clock,
        checks=checks,
        public_url=house.settings.public_url,
    )
