"""The texts about who may get a handoff, in English."""

from typing import Final

from mi_cli.words.sharing.model import SharingWords

EN: Final = SharingWords(
    members="Members of your program, who may get a handoff without a consent: {names}",
    members_in_config=(
        "The config file names members of your program: {names}. They count only once they stand in the store: "
        '`mi config set program.recipients "{names}"` puts them there.'
    ),
    members_not_known="The members of the program (program.recipients) are not shown: {why}",
    unread_consent="A consent of this client cannot be read. It may have named that recipient and been taken back.",
    unread_consent_remedy="`mi store check` names it. `mi consent add {code}` records a new one, with the name in it.",
    made_of_meanwhile="The plan, or the client's name, was changed while the document was made. Nothing was passed on.",
    try_again="Make it again: it then has what stands there now.",
    as_it_was="What was passed on is given as it was.",
    as_it_was_hint="With --as-sent there can be --to, -o, --lang and --yes.",
    nothing_sent="Nothing was passed on to them.",
    nothing_sent_hint="`mi disclosures list` has everything that was.",
    other_format="It was passed on as {format}.",
    other_format_hint="End the name of the file in .{format}.",
    not_as_sent="That document is no longer where it went, and the plan has changed since. Nothing was passed on.",
    not_as_sent_hint=(
        "Whoever got it can give a copy. `mi goals export {code} --client-copy` makes the client's page of today."
    ),
    ends_with="Consent {id} ends with this: {event}.",
    event_remedy="`mi consent ended {id} --on DAY` records that it came about.",
    ask_event="{ends} Did that come about? y/N: ",
    has_ended="Nothing was passed on: the consent has ended.",
)
