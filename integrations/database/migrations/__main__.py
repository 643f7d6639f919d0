"""Bring the tables of the URL on standard input up to date: `upgrade_apart` runs it."""

import sys

from integrations.database import migrations

if __name__ == "__main__":
    migrations.upgrade(sys.stdin.read().strip())
