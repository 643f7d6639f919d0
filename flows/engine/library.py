"""What every turn may look up and none may change: texts, answers, products, sources."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.application.products import ProductSheet
from flows.knowledge.answering import KnowledgeBase
from flows.ports import Manifest
from flows.texts import Texts


@dataclass(frozen=True)
class Library:
    """Loaded once at start. `sources` by name.

    `consent_pages` says whether consent has a web page on every channel; on the `paged_channels` it has one anyway.
    `model`: a language model is set. On `identity_channels` the messenger can share identity documents with us.
    """

    texts: Texts
    knowledge: KnowledgeBase
    products: tuple[ProductSheet, ...]
    sources: Mapping[str, Manifest]
    consent_pages: bool = False
    paged_channels: frozenset[str] = frozenset()
    model: bool = False
    identity_channels: frozenset[str] = frozenset()

    def has_consent_page(self, channel: str) -> bool:
        """Whether an owner on this channel can open the page of a consent."""
        return self.consent_pages or channel in self.paged_channels

    def products_in(self, country: str) -> tuple[ProductSheet, ...]:
        """The product sheets offered in a country."""
        return tuple(sheet for sheet in self.products if sheet.market == country)
