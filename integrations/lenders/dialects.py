"""The vocabularies in which a lender may name a status."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flows.events import StatusData
from integrations.lenders import ocen

OWN = "lendline"
DIALECTS: Mapping[str, Callable[[StatusData], StatusData]] = MappingProxyType(
    {OWN: lambda data: data, ocen.DIALECT: ocen.translated}
)
