"""The texts around the way so far in Spanish."""

from typing import Final

from mi_cli.records.terms import Ruler
from mi_cli.words.trend.model import TrendWords

ES: Final = TrendWords(
    language="es",
    rulers={Ruler.IMPORTANCE: "importancia", Ruler.CONFIDENCE: "confianza", Ruler.READINESS: "disposición"},
    day="día",
    marks="cambio : mantenimiento",
    steps_done="pasos dados",
    about_goal="Meta: {words}",
    unnamed="No se dijo de qué se trata",
    asked=("{{ruler}}: se preguntó en {{n}} de 1 visita", "{{ruler}}: se preguntó en {{n}} de {count} visitas"),
    share="proporción de lenguaje de cambio {day}: {share} %, intervalo del 95 % de {low} a {high} %",
    events="Sucesos",
    one_lapse="un tropiezo, tal como se contó",
    lapses="{n} tropiezos, tal como se contaron",
    none="Todavía no hay nada registrado. `mi session start` con el código empieza una entrevista.",
    one_of_them="--json, --csv y -o son tres formas de mostrarlo: indique una de ellas.",
    made="Hecho para el cliente: {file}. `mi disclosures list` lo tiene.",
    title="Mi camino hasta ahora",
    intro="Lo que dije en cada visita, de 0 a 10. Una raya significa que no se me preguntó.",
    told="lo conté en esta visita",
    outro="Son mis propias respuestas. No son calificaciones, y nadie más las puso.",
    page_of="{page} de {pages}",
)
