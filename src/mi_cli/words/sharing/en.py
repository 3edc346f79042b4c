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
    as_it_was_hint="With --as-sent only --to, -o, --lang and --yes can be given.",
    nothing_sent="Nothing was passed on so far, or nothing to that recipient.",
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
    to_the_client="The client's own copy goes to the client.",
    leave_out_to="Leave out --to and --basis, or --client-copy.",
    large_for_client="Large print is for the client's own copy.",
    large_makes="--client-copy --large-print makes it.",
    languages="Documents are in English or Spanish.",
    give_language="--lang en, or --lang es.",
    draft_is_text="A draft is text on the screen, and no file.",
    leave_out_file="Leave out -o and --format, or --draft.",
    is_empty="Nothing in it may be passed on, so it is empty.",
    ask_empty="Pass it on all the same?",
    name_not_set="Your name is not set, so your login stands in it. `mi config set counselor NAME` sets it.",
    ask_for_recipient="For the recipient: {about} (Enter leaves it out): ",
    ending_differs="The ending of the file's name says another format.",
    end_name_in="Leave out --format, or end the name in .{format}.",
    not_for_screen="That format cannot be shown on the screen.",
    file_instead="`-o handoff.{format}` makes a file of it.",
    made_for="Made for {name}: {file}. `mi disclosures list` has it.",
    made_for_client="Made for the client: {file}. `mi disclosures list` has it.",
    logged_for="Logged as passed on, for {name}.",
    logged_for_client="Logged as passed on, for the client.",
    no_such_ending="mi does not make files with that ending.",
    endings="Use one of these: {endings}.",
    page_to_read="The client's own copy is a page to read.",
    can_be="It can be {endings}.",
    no_pdf="The PDF could not be made.",
    other_formats="The other formats may work: .docx, .html, .md.",
    picture_unnamed="A picture in a document has no description.",
    report_it="Please report it.",
)
