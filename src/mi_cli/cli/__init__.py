"""What is typed: one Typer module per command group; parse, call, show."""
