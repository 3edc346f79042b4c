"""The texts of the commands about goals: what is missing, and how to give it in Spanish."""

from typing import Final

from mi_cli.words.goals.model import GoalWords

ES: Final = GoalWords(
    give_goal="Escriba - y dé las palabras de la meta por la entrada estándar.",
    give_lines="Escriba - y dé líneas como /razón, /paso y /revisión por la entrada estándar.",
    give_field="Escriba --field y -, y dé las palabras nuevas por la entrada estándar; un - solo quita las que hay.",
    what_to_change="No se dijo qué hay que cambiar.",
    no_such_field="Esa meta no tiene ese campo.",
    fields="Tiene estos: {fields}.",
    no_such_step="Esa meta no tiene ese paso.",
    show_numbers_them="`mi goals show` los numera.",
    which_step="Un paso se hizo, se hizo en parte, no se hizo o se reemplazó: diga cuál.",
    which_step_how="Por ejemplo: --step 2 --as partly",
    new_step_missing="No se dijo el paso nuevo.",
    give_step="Escriba - y dé sus palabras por la entrada estándar: qué @ cuándo.",
    give_became="Dé --as done, partly o not; o escriba - y dé por la entrada estándar qué resultó, y queda como hecho.",
    give_progress="Escriba - y dé las palabras por la entrada estándar, o --step, o --met.",
    give_names="--json muestra lo que hay. Con su NOMBRE algo se comparte; con --out ya no se comparte.",
    earlier_saved="Lo que se respondió antes está guardado; esta respuesta no.",
    no_active="No hay ninguna meta activa.",
    no_active_how="`mi goals list` muestra las metas, `mi goals add` crea una.",
    several="Hay varias metas activas: escriba el comienzo del id de una.",
    no_date="mi no entendió esa fecha.",
    no_date_how="Escríbala así: --review 2027-01-31, o 4w para dentro de cuatro semanas.",
    cannot_stand="Ese campo no puede tener ese valor.",
    name_it="Nombre la meta por el comienzo de su id, o agregue --yes.",
    more_than_one="Más de un id comienza así.",
    one_more_character="Escriba un carácter más.",
    no_such_entry="No hay nada con ese nombre que se pueda compartir.",
    list_them="`mi goals share {code} --json` muestra lo que hay.",
    no_such_goal="No existe esa meta.",
    goals_shown="`mi goals list` muestra las metas y sus ids.",
    goal_gone="Esa meta ya no está en el plan.",
    none_in_plan="Todavía no hay una meta. `mi goals add {code}` crea una.",
)
