"""Where records live. Import the modules, not this package."""
