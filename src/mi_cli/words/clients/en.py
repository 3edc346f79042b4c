"""The texts about clients in English."""

from typing import Final

from mi_cli.words.clients.model import ClientWords

EN: Final = ClientWords(
    ask_new="There is a client {like}, and nobody has the code {code}. Is {code} another client? y/N: ",
    not_set_up="{code} was not set up. The client who is on file is {like}.",
    easily_confused="Nobody has the code {code}, and it is easily confused with {like}. Nothing was set up.",
    which_client="If {like} is meant, give that code. If {code} is another client, add --new.",
    cannot_move_open="That interview cannot be moved yet: it is open, or not all of it was saved.",
    close_it="`mi session resume {id}` goes on with it. End it or pause it there, then move it.",
    was_passed_on="That interview stays where it is: something from it was passed on, and that cannot be taken back.",
    write_it_again=(
        "Tell whoever has it (`mi disclosures list`). Then write the interview down with the right client, and "
        "`mi session delete {id}` takes this one away."
    ),
    has_note="That interview stays where it is: its progress note stands in the record of that client.",
    delete_note=(
        "The note is a draft. `mi note delete {note}` deletes it. Then move the interview, and write the note again."
    ),
    signed_stays=(
        "The note is signed. `mi note amend {note}` says there that it was written with the wrong client. Then write "
        "the interview down with the right client, and `mi session delete {id}` takes this one away."
    ),
    moved=(
        "The interview belongs to {code} now. Its goals went along ({goals}), and so did what may be passed on from "
        "it ({shared})."
    ),
    finished="The move that was broken off is finished: interview {id} belongs to {code} now.",
    no_such_receiver="There is no client with that code.",
    code_put_right="`mi client edit {code} --code CODE` gives the client of that interview another code.",
    receiver_set_up="`mi client add CODE` sets up the client; then the interview can go there.",
    moves_back="`mi session move {id} {code}` moves all of it back.",
    there_already="That interview belongs to {code} already.",
    facts_go=(
        "These facts were told in it and went along: {names}. What {code} had in their place before, if anything, "
        "has to be noted again."
    ),
    facts_stay=(
        "These facts stay with {code}, and may be of that interview: {names}. `mi client facts {code}` and "
        "`mi goals share {code}` show them."
    ),
    goals_stay="What was added in it to other goals of {code} stays there: `mi goals show {code}` shows them.",
    nothing_left="{code} has no interview left. If that code was a mistake, `mi client delete {code}` takes it away.",
    set_up="Set up. `mi session start {code}` begins an interview.",
    ask_name="Name: ",
    changed="Changed.",
    nothing_to_change="It was not said what to change.",
    one_or_the_other="--json shows all facts, and takes no name of one.",
    leave_one_out="Leave out one of them.",
    ask_delete=(
        "Client {code} goes to the trash with all records, {interviews} among them: notes, plan, consents, and the "
        "log of what was passed on. Go ahead?"
    ),
    interviews=("1 interview", "{count} interviews"),
    in_trash="Moved to the trash. `mi store trash restore {id}` brings it back.",
    no_birth_date="mi did not understand that date.",
    day_not_yet="That day is still to come.",
    birth_date_so="Write a birth date so: 1984-05-31",
    rows=("id", "language", "counselor", "interviews", "name", "born"),
    not_noted="not noted",
)
