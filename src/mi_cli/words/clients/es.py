"""The texts about clients in Spanish."""

from typing import Final

from mi_cli.words.clients.model import ClientWords

ES: Final = ClientWords(
    ask_new="Hay un cliente {like} y nadie tiene el código {code}. ¿Es {code} otro cliente? s/N: ",
    not_set_up="No se creó {code}. El cliente que consta es {like}.",
    easily_confused="Nadie tiene el código {code}, que se confunde fácilmente con {like}. No se creó nada.",
    which_client="Si se trata de {like}, escriba ese código. Si {code} es otro cliente, agregue --new.",
    cannot_move_open="Esa entrevista todavía no se puede pasar: está abierta, o no se guardó todo.",
    close_it="`mi session resume {id}` continúa con ella. Ciérrela o déjela en pausa, y después pásela.",
    was_passed_on="Esa entrevista se queda donde está: algo de ella ya se compartió, y eso no se puede deshacer.",
    write_it_again=(
        "Avise a quien lo tiene (`mi disclosures list`). Después anote la entrevista con el cliente correcto, y "
        "`mi session delete {id}` quita esta."
    ),
    has_note="Esa entrevista se queda donde está: su nota de progreso está en el expediente de ese cliente.",
    delete_note=(
        "La nota es un borrador. `mi note delete {note}` la borra. Después pase la entrevista y escriba la nota de "
        "nuevo."
    ),
    signed_stays=(
        "La nota está firmada. Con `mi note amend {note}` se dice en ella que se escribió con el cliente equivocado. "
        "Después anote la entrevista con el cliente correcto, y `mi session delete {id}` quita esta."
    ),
    moved=(
        "La entrevista es ahora de {code}. Van con ella sus metas ({goals}) y lo que se puede compartir de ella "
        "({shared})."
    ),
    finished="Terminó el traslado que se había interrumpido: la entrevista {id} es ahora de {code}.",
    no_such_receiver="Ningún cliente tiene ese código.",
    code_put_right="`mi client edit {code} --code CÓDIGO` le da otro código al cliente de esa entrevista.",
    receiver_set_up="`mi client add CÓDIGO` crea el cliente; después se puede trasladar la entrevista.",
    moves_back="`mi session move {id} {code}` lo devuelve todo.",
    there_already="Esa entrevista ya es de {code}.",
    facts_go=(
        "Estos datos se dijeron en ella y van con ella: {names}. Lo que {code} tenía antes en su lugar, si había algo, "
        "hay que anotarlo de nuevo."
    ),
    facts_stay=(
        "Estos datos se quedan con {code} y pueden ser de esa entrevista: {names}. `mi client facts {code}` y "
        "`mi goals share {code}` los muestran."
    ),
    goals_stay="Lo que se agregó en ella a otras metas de {code} se queda allí: `mi goals show {code}` las muestra.",
    nothing_left="{code} ya no tiene entrevistas. Si ese código fue un error, `mi client delete {code}` lo quita.",
    set_up="Creado. `mi session start {code}` comienza una entrevista.",
    ask_name="Nombre: ",
    changed="Cambiado.",
    nothing_to_change="No se dijo qué hay que cambiar.",
    one_or_the_other="--json muestra todos los datos, y no toma el nombre de uno.",
    leave_one_out="Quite uno de los dos.",
    ask_delete=(
        "El cliente {code} va a la papelera con todos sus registros, entre ellos {interviews}: notas, plan, "
        "consentimientos y lo que se compartió. ¿Seguir?"
    ),
    interviews=("1 entrevista", "{count} entrevistas"),
    in_trash="Está en la papelera. `mi store trash restore {id}` lo recupera.",
    no_birth_date="mi no entendió esa fecha.",
    day_not_yet="Ese día todavía no ha llegado.",
    birth_date_so="Escriba la fecha de nacimiento así: 1984-05-31",
    rows=("id", "idioma", "consejero", "entrevistas", "nombre", "nacimiento"),
    not_noted="sin anotar",
)
