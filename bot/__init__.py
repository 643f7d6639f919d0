"""The people and systems that call Lendline: channels, web, commands, the one door and the wiring."""

__version__ = "0.1.0"
