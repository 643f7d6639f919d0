"""Outside systems that hold records: one folder each, found by `catalog`."""

from integrations.sources.catalog import manifests, open_sources

__all__ = ["manifests", "open_sources"]
