"""The texts about protection in English."""

from typing import Final

from mi_cli.records.decoding import Untypable
from mi_cli.words.protection.model import ProtectionWords

EN: Final = ProtectionWords(
    ask_how="Nobody but you should be able to read what is kept here. How do you want to protect it?",
    choice_made_up="six words made up for you, to write down: the safest",
    choice_own="a passphrase of your own, 15 characters or more",
    choice_none=(
        "none: the disk of this computer is encrypted (BitLocker, FileVault, LUKS), and the account is yours alone"
    ),
    choose="1, 2 or 3 (Enter takes 1): ",
    choose_of_two="Which one? Enter takes 1. 1/2: ",
    these_words="These are your words:",
    keep_words="Write them on paper, and keep it away from this computer. Without them nobody can open the records.",
    type_words="Type them once (b: back): ",
    words_stay="The words still stand in this window: clear it, with what can be scrolled back to, or close it.",
    not_the_same="That is not the same. Type it once more.",
    new="New passphrase (it does not show; b goes back): ",
    new_again="Type it again: ",
    short="That is under 15 characters. A few words that belong together only for you will do.",
    guessable="That one could be guessed by a machine. More words, or less common ones, will do.",
    untypable=(
        "That cannot be a passphrase: character {place} is {kind}, which nobody can type. "
        "If it comes from a file, save that as plain text in UTF-8."
    ),
    untypable_kinds={
        Untypable.CONTROL: "a control character",
        Untypable.INVISIBLE: "an invisible character",
        Untypable.UNREAD: "one that could not be read",
        Untypable.PRIVATE: "one for private use",
        Untypable.UNKNOWN: "one that Unicode does not define",
    },
    protected="Protected. The passphrase is asked for when the store is opened, never in the midst of an interview.",
    unprotected="Kept without a passphrase. `mi store protect` adds one at any time.",
    unasked=(
        "Records are kept in {folder}, without a passphrase: none was given, and nobody could be asked. Whoever gets "
        "at this disk can read them. `mi store protect` adds a passphrase."
    ),
    undecided="The records are kept without a passphrase: nobody could be asked when the store was made.",
    cannot_protect_now="The records cannot be protected at the moment.",
    ask_name="Your name, as it should stand on notes, forms and handoffs (Enter: {login}): ",
    ask_credentials="Your credentials, such as LCSW or LADC (Enter: none, b: back): ",
    made_alone="The store is made. Nothing else was saved.",
    sealed=(
        "1 file is encrypted. Copies from before may still lie in backups and unused disk space.",
        "{count} files are encrypted. Copies from before may still lie in backups and unused disk space.",
    ),
    opened=("1 file is no longer encrypted.", "{count} files are no longer encrypted."),
    left_as_it_is="These could not be converted, or are damaged. They are kept as they are:",
    readable="These files in the store's folder are not encrypted. Delete them, or move them elsewhere:",
    brought_up=(
        "An earlier version left the store half protected. It is protected now. This computer cannot know who wrote "
        "what was not encrypted yet; `mi store check --confirm` confirms it, once you have looked at it."
    ),
    required="A passphrase is required here (`mi config get protection`), and none was given.",
    required_how=(
        "MI_PASSWORD_COMMAND or MI_PASSWORD_FILE can give it where there is no terminal; on a terminal it is asked for."
    ),
    ask="Passphrase (it does not show): ",
    tries_left="That is not it. {tries} tries are left.",
    one_try_left="That is not it. One try is left.",
    unlocked="The records open without the passphrase until {until}. `mi lock` ends that sooner.",
    unlocked_weaker=(
        "The keys are in {keyring} meanwhile. That is weaker than memory: they are on the disk, and other programs "
        "of this account can ask for them."
    ),
    unlocked_now="it opens without the passphrase until {until}; `mi lock` ends that",
    locked="Locked. The passphrase is asked for again.",
    was_locked="It was locked already.",
    cannot_unlock="This computer has no safe place to keep the keys in for a while.",
    cannot_unlock_why=(
        "They would be in a file on the disk. A system keyring would do (`pip install keyring` beside mi). "
        "Until then each command asks for the passphrase."
    ),
    no_such_time="That is not a time for which the records can stay open.",
    time_examples="Write it so: --for 30m, --for 1h or --for 2h30m. The longest is 8h.",
    screen_locked="Everything is saved. The passphrase opens the screen again.",
    screen_hidden="Nobody typed for a while, so the screen was cleared. What was typed is still here.",
    any_line="Enter goes on: ",
    sheet_offer="A recovery sheet opens the records when the passphrase is lost. `mi store recovery` makes one.",
    sheet_now="Make it now? y/N: ",
    notes_law=(
        "The sheet opens the records: goals, plans, dates, readings, consents. It can open the counseling notes too. "
        "US law (42 CFR 2.11, 45 CFR 164.501) protects those more strongly as long as they are kept apart; whoever "
        "holds the sheet could then read what was said. Without it, the notes are lost with the passphrase."
    ),
    notes_ask="Should the sheet open the notes too? y/N: ",
    sheet_where="Where should the sheet be written, to be printed? (Enter: {file}): ",
    sheet_print="Print {file} from your browser, then press Enter here: the file is then deleted. ",
    sheet_enter_alone="The file is still there. Only Enter deletes it.",
    sheet_gone="The file is deleted. Give the sheet to your supervisor, or lock it away, not beside this computer.",
    key_words="Type the 21 words of the sheet, in rows from left to right. Several lines will do: ",
    key_words_more="{count} of 21 words. Type the next ones, from word {next} on (b: the last row again): ",
    key_words_too_many="Those are more than 21 words. Please type them again.",
    key_word_unknown="Word {place}, “{word}”, is not a word that a sheet can have.",
    key_word_nearest="The nearest are: {words}.",
    key_word_again="Word {place} as the sheet has it: ",
    key_word_one="Please type that one word.",
    key_words_wrong="These are not the words of a sheet: one of them is another word there, or two changed places.",
    key_words_maybe="Perhaps word {place} is “{word}”.",
    key_word_which="Which word is it? Its number; Enter begins again: ",
    sheet_title="Recovery sheet",
    sheet_made="Made on {day} for the records in {folder}. Key {key}.",
    sheet_opens_records="It opens the records, not the counseling notes.",
    sheet_opens_all="It opens the records and the counseling notes.",
    sheet_use=(
        "When the passphrase is lost: mi store recover, then type the words, in rows from left to right; a new "
        "passphrase is then set. The picture holds the same key as a JWK (RFC 7517), for other programs."
    ),
    sheet_keep="Whoever has this sheet and the computer can open the records. Lock it away, not beside the computer.",
    how_without_terminal="MI_PASSWORD_COMMAND or MI_PASSWORD_FILE can give it where there is no terminal.",
    or_unprotected="`mi store init --unprotected` makes a store without one.",
    given_wrong="The passphrase that was given does not open the store.",
    nothing_changed="Nothing was changed.",
    no_terminal="The store is protected, and there is no terminal to ask for the passphrase.",
    stays_locked="The store stays locked: that was not the passphrase.",
    not_protected="The store is not protected.",
    protect_it="`mi store protect` protects it.",
    how_not_said="It was not said how to protect the store, and there is no terminal to ask on.",
    new_needed="A new passphrase is needed, and there is no terminal to ask on.",
    new_how="MI_NEW_PASSWORD_FILE or MI_NEW_PASSWORD_COMMAND gives one.",
    command_gave_none="The command in {name} gave no passphrase.",
    try_command="Try it by itself first.",
    file_unread="The file in {name}: {why}.",
    given_unread="What {name} gave cannot be read. {text}",
    gave_none="{name} gave no passphrase.",
    keyrings={
        "keyring.backends.macOS": "the Keychain of macOS",
        "keyring.backends.Windows": "the Credential Manager of Windows",
        "keyring.backends.SecretService": "the Secret Service of this desktop",
        "keyring.backends.libsecret": "the Secret Service of this desktop",
        "keyring.backends.kwallet": "KWallet",
    },
    keyring_missing="The keyring needs one more library.",
    keyring_install="`pip install keyring` beside mi, then again.",
    no_keyring="This system has no keyring that can be used.",
    no_file_keyring="A keyring that keeps a passphrase in a file is not used. The passphrase is asked for as before.",
    asked_as_before="The passphrase is asked for as before.",
    keyring_means=(
        "The passphrase is in {keyring} and no longer asked for. Whoever can use this account, and any program that "
        "runs in it, can now open the records; and a key that is kept on the same device as the data may not count as "
        "protection under US breach rules (74 FR 19006). `mi store protect --no-keyring` takes it out."
    ),
    asked_from_now="The passphrase is asked for from now on.",
    already_protected="The store is protected already.",
    give_another="`mi store passphrase` gives it another passphrase.",
    no_sheet_made="The store is protected. No recovery sheet was made.",
    sheet_set_up="The recovery key is set up ({key}). An earlier sheet or key no longer opens the store.",
    recovered="Recovered: the new passphrase opens the store.",
    notes_lost=(
        "That key does not open the counseling notes of before. They are kept: if the old passphrase is found, `mi "
        "store recover --old-passphrase` opens them again. New notes are kept under a new key."
    ),
    notes_open_again="The notes of before the recovery open again.",
    sheet_instead="-o FILE says where the sheet goes.",
    sheet_file_there="There is a file of that name.",
    name_another="Name another.",
    sheet_delete="Print {file}, then delete it: whoever has it and this store can open the records.",
    sheet_interrupted="The recovery sheet is set up. Print {file}, then delete it.",
    old_needed="The old passphrase is needed, and there is no terminal to ask for it.",
    ask_old="Old passphrase (it does not show): ",
    key_unread="The key file cannot be read.",
    key_kinds="It is a JWK or a PEM file.",
)
