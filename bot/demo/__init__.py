"""Sandbox merchants played through the whole real stack, and what that measured."""
