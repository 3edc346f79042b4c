"""From records to what a counselor learns. Import the modules, not this package."""
