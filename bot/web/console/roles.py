"""What staff may do: a viewer reads, an agent also helps, a supervisor also decides about people and data."""

from enum import StrEnum


class Role(StrEnum):
    """A role; each may do what the ones before it may."""

    VIEWER = "viewer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"

    def may(self, needed: "Role") -> bool:
        """Whether this role is enough where `needed` is asked for."""
        order = list(Role)
        return order.index(self) >= order.index(needed)
