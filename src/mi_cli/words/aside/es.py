"""What is said about records that were set aside, in Spanish."""

from typing import Final

from mi_cli.words.aside.model import AsideWords

ES: Final = AsideWords(
    when="CUÁNDO",
    client="CLIENTE",
    name="NOMBRE",
    nothing="No se ha apartado nada.",
    not_found="No se ha apartado nada con ese nombre.",
    how_to_list="`mi store aside` muestra lo que hay.",
    several="Hay {count} cosas apartadas con eso en el nombre.",
    name_more="Escriba una parte más larga del nombre.",
    title="Apartado el {when}: {name}",
)
