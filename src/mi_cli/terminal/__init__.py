"""How it looks and how it listens. Import the modules, not this package."""
