"""The least that Typer can do: one command with one option. What a light command is compared with."""

import typer

app = typer.Typer()


@app.command()
def hello(name: str = "there") -> None:
    print(f"Hello {name}.")


app()
