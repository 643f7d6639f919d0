"""A strict Bot API server on loopback, with people in front of it: the test bench for Telegram."""

from tests.stand.faults import Drop, Fault, Hang, Pass, Status, TooMany
from tests.stand.person import Person
from tests.stand.schema import Schema
from tests.stand.server import Server
from tests.stand.stand import Stand

__all__ = ["Drop", "Fault", "Hang", "Pass", "Person", "Schema", "Server", "Stand", "Status", "TooMany"]
