"""Prompt sets: what they are, and how they are loaded and checked. Import the modules, not this package."""
