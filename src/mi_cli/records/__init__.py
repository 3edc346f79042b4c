"""What is saved: one module per record, no input or output. Import the modules, not this package."""
