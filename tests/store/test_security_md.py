"""What SECURITY.md says holds: each sentence on who can do what has its test, and so has the recipe without `mi`.

`TESTED` ties each sentence to tests, here or elsewhere. A sentence that nobody tied, or a test that is gone, fails.
"""

import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from mi_cli.store.keys import keyfile
from mi_cli.store.keys.jwe import Envelope
from mi_cli.store.records.clients import add_client
from tests.builders import PASSPHRASE, protected_store
from tests.conftest import TESTS, Desk, Ran, Ticking

TEXT = Path(__file__).parents[2] / "SECURITY.md"
Mi = Callable[..., Ran]

CONFIRM: Final = "cli/test_confirm.py"
JWE: Final = "store/test_jwe.py"
ROTATION: Final = "store/test_rotation.py"
RECOVERY: Final = "store/test_recovery.py"
WRITER: Final = "faults/test_writer.py::TestWriter"
LIMITS: Final = (
    "store/test_revocations.py::"
    "test_what_was_recorded_against_a_consent_stands_whatever_is_merged_put_back_restored_or_confirmed"
)
SWAPPED: Final = "cli/test_swapped.py::test_what_goes_out_is_what_the_counselor_left_or_nothing"
MISSED: Final = "cli/test_swapped.py::test_what_is_gone_is_missed"
HERE: Final = "store/test_security_md.py"
TESTED: Final[Mapping[str, tuple[str, ...]]] = {
    # Somebody who finds or steals the laptop, the disk or a backup
    "They cannot read a word, a client's code or a name of a protected store.": (
        f"{JWE}::test_no_byte_of_the_store_tells_a_word_a_code_or_a_name",
        WRITER,
    ),
    "They see when interviews took place, how many there were, how long their notes are, and how often each file was "
    "saved.": (f"{HERE}::test_what_can_be_seen_without_a_key",),
    "They can try passphrases for as long as they like: each try costs 299,999 rounds of PBKDF2.": (
        f"{HERE}::test_a_try_costs_as_many_rounds_as_it_says",
    ),
    "Of a plain store they read everything.": (f"{HERE}::test_a_plain_store_is_read_and_written_by_anybody",),
    # Somebody who can write to the folder of a protected store
    "They can delete files and put back older copies: `mi store check` names files that are gone, or older than the "
    "log says.": (
        "store/test_log.py::test_a_record_taken_away_is_named",
        "store/test_log.py::test_an_older_version_put_back_is_named",
    ),
    "A file that was changed, cut, renamed, exchanged or taken from another store is named as damaged, and permits "
    "nothing.": (
        f"{JWE}::test_files_that_changed_places_are_named",
        f"{JWE}::test_a_changed_byte_is_always_noticed",
        f"{JWE}::test_a_cut_file_is_always_noticed",
        f"{JWE}::test_one_clients_key_opens_nothing_of_another",
        f"{ROTATION}::test_a_key_file_of_another_store_is_refused",
        WRITER,
    ),
    "Nothing is passed on under a consent that was taken back, or to a recipient for whom it was, or after its end, "
    "whatever becomes of its file and of the log.": (
        f"{CONFIRM}::test_a_consent_that_was_taken_back_stays_so_whatever_becomes_of_the_log",
        LIMITS,
        WRITER,
    ),
    "A change that decides what goes out cannot be undone by keeping the log from being written meanwhile.": (
        f"{CONFIRM}::test_nobody_takes_a_change_back_by_keeping_the_log_from_being_written",
        LIMITS,
    ),
    "Nothing is passed on while a file that may be a second version lies where the consents, the plan, the interviews, "
    "the progress notes, `clients.json` or the log are, whatever name a sync gave it.": (
        "cli/test_two_computers.py::test_nothing_goes_out_while_a_second_version_lies_there_whatever_its_name",
        "cli/test_two_computers.py::test_a_revocation_that_arrives_as_a_second_version_counts",
        "cli/test_two_computers.py::"
        "test_words_that_were_taken_out_at_one_stay_so_where_they_arrive_as_a_second_version",
    ),
    "That a consent was taken back at another computer is recorded here before `mi store check --repair` sets such a "
    "file aside.": ("cli/test_two_computers.py::test_a_revocation_that_arrives_as_a_second_version_counts",),
    "A consent that is gone, or cannot be read, lets nobody get anything as one of a class or as a member of the "
    "program.": (f"{CONFIRM}::test_a_revocation_whose_record_is_gone_still_speaks_against_a_class_and_the_program",),
    "Words that were taken out of the plan do not go out when an older plan is put back.": (
        f"{CONFIRM}::test_words_that_were_withdrawn_stay_so_though_the_plan_is_put_back",
        WRITER,
    ),
    "Nothing is passed on of a client while an interview, facts or a progress note of theirs are gone, were put back "
    "as they were, or are there again after they were deleted, set aside or moved to another client.": (
        SWAPPED,
        MISSED,
    ),
    "An interview that cannot be read is named when something is passed on, and nothing of it goes out.": (
        "cli/test_export.py::test_an_interview_that_cannot_be_read_is_named_and_the_rest_goes",
    ),
    "An earlier interview that they put back is named when it is resumed, and nothing is passed on until you have "
    "confirmed the store.": ("cli/test_swapped.py::test_an_earlier_interview_is_noticed_when_it_is_resumed",),
    "A code does not mean another client, and nobody becomes a member of the program again, by an older "
    "`clients.json`.": (
        f"{CONFIRM}::test_a_code_never_means_another_client",
        "cli/test_members.py::test_a_member_who_was_taken_out_does_not_come_back_with_an_older_record",
    ),
    "A log that was cut or replaced, and other keys, are named by every command, and nothing is passed on until you "
    "have confirmed the store.": (
        f"{CONFIRM}::test_a_log_that_was_cut_lets_nothing_out_until_it_is_confirmed",
        f"{CONFIRM}::test_other_keys_are_noticed",
    ),
    "Nothing is written in the open, whatever `store.json` says and whichever files are gone.": (
        f"{CONFIRM}::test_nothing_is_written_in_the_open_though_the_store_says_that_it_is_plain",
        f"{CONFIRM}::test_without_its_keys_a_protected_store_takes_no_words_in_the_open",
        WRITER,
    ),
    "No file that they made is encrypted, and no command that `mi` advises finishes what they began.": (
        f"{CONFIRM}::test_a_consent_that_somebody_planted_is_never_sealed_and_permits_nothing",
        f"{CONFIRM}::test_nothing_is_written_in_the_open_though_the_store_says_that_it_is_plain",
    ),
    "Keys that they made for the recovery sheet recover nothing.": (
        f"{CONFIRM}::test_a_file_that_opens_with_forged_keys_makes_no_recovery_and_one_that_is_damaged_stops_none",
        f"{ROTATION}::test_a_key_file_that_somebody_made_for_the_supervisors_key_recovers_nothing",
    ),
    "Whatever they make of `keys.json`, the sheet does not get the notes if it was made without them.": (
        "store/test_forged_keys.py::test_whatever_is_put_into_the_place_of_anything_gains_nothing",
        "store/test_forged_keys.py::test_parts_and_recipients_that_are_exchanged_gain_nothing",
    ),
    "They can stop handoffs until you have confirmed the store, and make the store unusable until you restore a "
    "backup.": (WRITER,),
    "Interviews go on all the same, as long as the keys are there.": (
        f"{CONFIRM}::test_a_log_that_was_cut_lets_nothing_out_until_it_is_confirmed",
    ),
    "What they put in the place of a file or folder, and is none, is set aside by `mi store check --repair`, except "
    "for `keys.json`, and for `store.json` where this computer does not know the store: then a backup has to be "
    "restored into an empty folder.": (
        "store/test_repair.py::test_what_the_store_says_of_itself_is_made_again_where_this_computer_knows_it",
        "faults/test_objects.py::test_commands_lead_out_of_it",
        WRITER,
    ),
    # Somebody who can write to the folder of a plain store
    "They read all of it, and can write new records and new lines of the log: nothing authenticates these.": (
        f"{HERE}::test_a_plain_store_is_read_and_written_by_anybody",
    ),
    "A consent, or a member of the program, that the log does not tell of permits nothing until you have confirmed the "
    "store.": (
        f"{HERE}::test_a_planted_consent_permits_nothing_in_a_plain_store",
        "cli/test_members.py::test_a_member_whom_somebody_wrote_into_the_record_is_none",
    ),
    "This computer notices a log that was cut or replaced, an older plan, consent, interview, progress note or "
    "`clients.json`, older client facts, and what is gone of these: nothing is passed on until you have confirmed the "
    "store.": (
        SWAPPED,
        MISSED,
        f"{CONFIRM}::test_a_log_that_was_cut_lets_nothing_out_until_it_is_confirmed",
        f"{CONFIRM}::test_words_that_were_withdrawn_stay_so_though_the_plan_is_put_back",
        f"{CONFIRM}::test_a_code_never_means_another_client",
    ),
    "A consent that was taken back on this computer is not used again, and not for a recipient for whom it was taken "
    "back.": (
        f"{CONFIRM}::test_a_consent_that_was_taken_back_stays_so_whatever_becomes_of_the_log",
        LIMITS,
    ),
    "Interviews go on in a store that they made to look protected, if this computer knows it as plain.": (
        f"{CONFIRM}::test_a_plain_store_that_is_made_to_look_protected_takes_interviews",
    ),
    # Another user of the same computer
    "The store's folders and files are for your account alone.": (
        "cli/test_commands.py::test_files_are_for_the_owner_alone",
    ),
    "Nothing that a client said stands in the arguments of a program or in the names of files.": (
        "journeys/test_leaving.py::test_no_words_stand_where_other_users_look",
    ),
    "`mi store check` and `mi doctor` say when others can look into the folder.": (
        "store/test_health.py::test_each_thing_alone_is_said",
    ),
    "They cannot read the keys of a store that is unlocked for a while.": (
        "cli/test_unlocking.py::test_the_key_is_a_file_for_this_account_alone_and_holds_no_passphrase",
    ),
    # Somebody who has the recovery sheet and the store
    "They read the records.": (f"{RECOVERY}::test_jwcrypto_opens_the_supervisors_slot",),
    "They read the notes only if this was chosen when the sheet was made.": (
        f"{RECOVERY}::test_the_notes_open_too_when_that_was_wished",
        f"{RECOVERY}::test_the_notes_stay_closed_to_a_supervisor_who_was_not_given_them_and_open_again_with_the_old_"
        "passphrase",
    ),
    "After a new sheet was made, the former one opens nothing with the present `keys.json`.": (
        f"{ROTATION}::test_what_opened_the_store_before_opens_nothing_that_is_written_afterwards",
    ),
    # Somebody who has an old copy, and the passphrase or the sheet of that time
    "A backup that was made before still opens with them.": (
        f"{HERE}::test_a_backup_from_before_opens_with_the_former_passphrase",
    ),
    "The earlier `keys.json` alone opens nothing that is written after the passphrase or the sheet was changed.": (
        f"{ROTATION}::test_what_opened_the_store_before_opens_nothing_that_is_written_afterwards",
    ),
    "An earlier copy of the whole folder also opens what is written later about the clients who were in it, and "
    "nothing of clients who were added since.": (
        f"{ROTATION}::test_an_earlier_copy_of_the_whole_folder_opens_the_clients_who_were_in_it_and_no_other",
    ),
    # A program that runs under your account
    "It opens the store as you do where the keyring, a file or a command gives the passphrase.": (
        "cli/test_unlock.py::test_the_command_comes_before_the_file",
        "cli/test_unlock.py::test_the_keyring_is_asked_only_if_that_was_wished",
    ),
    "While the store is unlocked (`mi unlock`) it can read the keys, and open the store with them also afterwards, "
    "until the passphrase or the sheet is changed.": (
        "cli/test_unlocking.py::test_another_passphrase_ends_it",
        "cli/test_unlocking.py::test_a_new_recovery_sheet_ends_it",
    ),
    "It can confirm the store, and change what this computer remembers of it.": (
        f"{CONFIRM}::test_a_log_that_was_cut_lets_nothing_out_until_it_is_confirmed",
        f"{CONFIRM}::test_a_memory_that_cannot_be_read_or_written_is_never_in_the_way_of_an_interview",
    ),
    # Somebody who sees the screen
    "During an interview the client's words stand on the screen, until F9 or `auto_lock` hides them.": (
        "journeys/test_interview.py::test_hide_shows_nothing_until_a_key",
        "terminal/test_screen_lock.py::test_it_hides_and_the_passphrase_brings_it_back",
    ),
    "A passphrase does not show while it is typed.": (
        "journeys/test_protection.py::test_the_passphrase_is_asked_for_before_the_first_prompt",
    ),
}


NOT_PROTECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "**What somebody puts into the store's folder**, while `mi` looks at it. `mi` follows no link there, "
    "opens ordinary files only, and reads no more than a store can hold.": (
        "faults/test_objects.py::test_nothing_hangs_and_nothing_elsewhere_is_touched",
        "faults/test_objects.py::test_a_link_to_a_sound_folder_or_file_elsewhere_is_not_followed",
        "faults/test_objects.py::test_a_file_larger_than_any_is_named_and_not_read",
    ),
    "During an interview the client's words are in memory, on the screen and in the terminal's scrollback.": (
        "journeys/test_interview.py::test_hide_shows_nothing_until_a_key",
    ),
    "No core file of it is made, and on Linux no other program of your account can read it through `/proc` or "
    "a debugger, unless that program has the rights of root; what is swapped out is on the disk.": (
        "test_memory.py::test_no_core_file_is_made",
        "test_memory.py::test_no_other_program_of_the_account_can_read_it",
    ),
    "The made-up passphrase is cleared from the screen and the scrollback once it was typed, or `mi` says "
    "that it still stands there.": (
        "journeys/test_protection.py::test_six_words_are_made_up_typed_once_and_open_the_store",
        "terminal/test_page.py::test_a_secret_is_cleared_from_a_plain_terminal_too",
    ),
    "F9 hides the screen. `mi config set auto_lock 10` hides it after ten minutes and asks for the "
    "passphrase, wherever an interview, `mi goals plan` or another command waits for a line.": (
        "journeys/test_interview.py::test_hide_shows_nothing_until_a_key",
        "terminal/test_screen_lock.py::test_it_hides_wherever_it_waits",
    ),
    "When an interview is left, `mi` offers to clear the screen.": (
        "journeys/test_interview.py::test_a_whole_interview_through_the_four_stages",
    ),
    "On Linux the keys are in a file of your account, on a file system that has no disk: `mi` asks the system "
    "whether that is so, and refuses otherwise.": (
        "cli/test_unlocking.py::test_the_key_is_a_file_for_this_account_alone_and_holds_no_passphrase",
        "cli/test_unlocking.py::test_a_folder_on_a_disk_is_never_used",
    ),
    "Elsewhere the keys are in the system's keyring, which is on the disk; `mi` says so.": (
        "cli/test_unlocking.py::test_where_there_is_no_memory_the_keyring_is_named_as_weaker",
    ),
    "The time, the clock, the restart and `mi lock` are enforced by `mi` alone: a program of your account "
    "that has read the keys meanwhile opens the store also afterwards, and so does whoever sits down at your "
    "computer before it is locked. `auto_lock` locks it too.": (
        "cli/test_unlocking.py::test_time_ends_it",
        "cli/test_unlocking.py::test_another_run_of_the_machine_ends_it",
        "cli/test_unlocking.py::test_another_passphrase_ends_it",
    ),
    "It is not encrypted until a person is asked on a terminal.": (
        "cli/test_first_use.py::test_what_keeps_something_makes_the_store_and_says_once_that_it_has_no_passphrase",
    ),
    "With `mi config set protection required` no such store is made. `mi doctor` names it.": (
        "cli/test_first_use.py::test_where_a_passphrase_is_required_nothing_is_made_without",
    ),
    "**A passphrase that somebody else has seen, or a sheet that was lost.** `mi store passphrase` and `mi "
    "store recovery` make new keys for the store.": (
        "store/test_rotation.py::test_each_change_makes_keys_that_are_new",
    ),
    "Backups that were made before still open with the old passphrase or the lost sheet.": (
        f"{HERE}::test_a_backup_from_before_opens_with_the_former_passphrase",
    ),
    "The earlier `keys.json` alone opens nothing any more.": (
        "store/test_rotation.py::test_what_opened_the_store_before_opens_nothing_that_is_written_afterwards",
    ),
    "An earlier copy of the *whole* folder has the clients' own keys, which stay as they are: together with "
    "the old passphrase or the lost sheet it also opens what is written later about the clients who were in "
    "it, if whoever has it gets at the store again.": (
        "store/test_rotation.py::test_an_earlier_copy_of_the_whole_folder_opens_the_clients_who_were_in_it_and_no_other",
    ),
    "It opens nothing of clients who were added since, and of codes and log only what stood in them then.": (
        "store/test_rotation.py::test_an_earlier_copy_of_the_whole_folder_opens_the_clients_who_were_in_it_and_no_other",
    ),
    "A copy that was made while the keys were being changed has the new keys as well: with the old passphrase or the "
    "lost sheet it opens everything until they are changed again.": (
        f"{ROTATION}::test_a_copy_from_the_midst_of_a_change_opens_all_that_is_written_until_the_next_one",
    ),
    "What this computer remembers of a store (`mi store check` compares with it) is in the platform's state "
    "folder, not in the store.": ("cli/test_confirm.py::test_what_is_remembered_holds_no_words_and_no_codes",),
    "A computer that has never seen a store cannot tell what happened to it before: an earlier copy of the "
    "whole folder, with its log, is taken as it is.": (
        f"{HERE}::test_a_computer_that_never_saw_the_store_takes_an_earlier_copy_as_it_is",
    ),
    "A store that was restored from a backup passes nothing on until somebody has looked at its consents and "
    "confirmed it.": ("cli/test_confirm.py::test_a_restored_store_asks_first",),
    "It becomes protected when it is opened.": (
        "cli/test_half_protected.py::test_a_half_protected_store_is_protected_when_it_is_opened_and_goes_on",
    ),
    "A file that was not encrypted in it counts as one that 0.1.0 had not reached yet; nothing is passed on "
    "until somebody has looked and confirmed the store.": (
        "cli/test_half_protected.py::test_a_half_protected_store_is_protected_when_it_is_opened_and_goes_on",
    ),
    "In a store that this computer knows as protected no such file is encrypted or believed: `mi store check "
    "--confirm` puts the protection back.": (
        "cli/test_half_protected.py::test_on_a_computer_that_knows_it_as_protected_nothing_is_sealed_or_opened_for_whoever_wrote_that",
    ),
    "**What you confirm.** `mi store check --confirm` takes the store as it is: an older plan, or a consent "
    "that the log does not tell of, then counts.": (
        f"{HERE}::test_a_planted_consent_permits_nothing_in_a_plain_store",
    ),
    "It names them first.": (
        "cli/test_confirm.py::test_words_that_were_withdrawn_stay_so_though_the_plan_is_put_back",
    ),
    "A consent that was revoked stays revoked.": (
        "cli/test_confirm.py::test_a_consent_that_was_taken_back_stays_so_whatever_becomes_of_the_log",
    ),
    "It is whole, and protected as before, until `mi store trash purge` deletes it.": (
        "store/test_trash.py::test_a_client_goes_and_comes_back",
        "store/test_trash.py::test_what_is_in_the_trash_is_checked_too",
    ),
    "A purge deletes all that is the client's in the store's folder, also what was set aside and copies that "
    "other programs made.": ("store/test_trash.py::test_with_a_client_goes_all_that_is_the_client_s_wherever_it_lies",),
    "It knows them by the ids in their names, or by what they say they are: a copy under another name that is "
    "no whole record stays, and so do backups and exported documents.": (
        "store/test_trash.py::test_with_an_interview_go_its_copies_and_nothing_else",
    ),
    "A purge destroys the client's keys first.": ("store/test_convert.py::test_a_purge_takes_the_keys_first",),
    "A single interview has no key of its own.": (f"{HERE}::test_the_recipe_opens_notes_plan_and_facts",),
    "**Files that another program left in the store's folder**, and damaged ones: `mi store protect` and `mi "
    "store check` name those that can be read without a key.": (
        "cli/test_unencrypted.py::test_every_file_that_stays_readable_is_named",
    ),
    "What `mi store unprotect` could not open stays encrypted, and its keys are in `aside`.": (
        "store/test_second_folder.py::test_one_damaged_sealed_file_of_any_kind_is_taken_along_and_its_keys_with_it",
    ),
    "**Times and sizes**: when interviews took place, how many there were, how long their notes are, and how "
    "often each file was saved.": (f"{HERE}::test_what_can_be_seen_without_a_key",),
}
# What nobody can test: headings, what `mi` does not do, and what lies outside of it.
UNTESTED: Final = (
    "**A store that is unlocked for a while** (`mi unlock`).",
    "Such memory can be swapped out to a disk that is not encrypted.",
    "A computer whose account can be used by somebody else should not be left unlocked.",
    "A folder that is exchanged for a link in the very moment between the look and the opening is not noticed.",
    "**An open store.",
    "Memory cannot be erased reliably from Python.",
    "**What leaves the store**: exported documents, recovery sheets, and what a printer or a PDF viewer keeps of them.",
    "**A store that was made without a terminal and without a passphrase.",
    "If that may have happened, change the passphrase once more.",
    "**A store on a new computer.",
    "**A store that version 0.1.0 left half protected.",
    "**What is in the trash.",
    "**Deleted data on the disk.",
    "On an SSD the old key file may survive, and with it and the passphrase the data can be read.",
    "Full-disk encryption is advisable in any case.",
    "**Data that was plain before** `mi store protect`: unused disk space and old backups may still hold it.",
)


def test_each_sentence_on_who_can_do_what_has_its_tests() -> None:
    text = TEXT.read_text(encoding="utf-8")
    section = text.partition("## What is protected against whom\n")[2].partition("\n## ")[0]
    items = re.findall(r"^- (.*(?:\n  .*)*)", section, re.MULTILINE)
    sentences = [" ".join(item.split()) for item in items]
    assert sentences == list(TESTED)
    assert not [sentence for sentence in sentences if re.search(r"[.] [A-Z]", sentence)], "one sentence each"
    said_elsewhere = re.sub(r"^(- .*(?:\n  .*)*|### .*)$", "", section, flags=re.MULTILINE).split()
    assert " ".join(said_elsewhere).startswith("A protected store is a folder"), (
        "what has no test stands above the lists"
    )
    _assert_there(TESTED)


def test_each_sentence_on_what_is_not_protected_has_its_tests_or_is_known_to_have_none() -> None:
    section = TEXT.read_text(encoding="utf-8").partition("## What is not protected\n")[2].partition("\n## ")[0]
    items = (" ".join(item.split()) for item in re.findall(r"^- (.*(?:\n  .*)*)", section, re.MULTILINE))
    sentences = [sentence for item in items for sentence in re.split(r"(?<=[.])(?:\*\*)? (?=[A-Z*])", item)]
    assert [sentence for sentence in sentences if sentence not in UNTESTED] == list(NOT_PROTECTED)
    assert set(UNTESTED) <= set(sentences)
    _assert_there(NOT_PROTECTED)


def _assert_there(tested: Mapping[str, tuple[str, ...]]) -> None:
    for tests in tested.values():
        for named in tests:
            file, _, name = named.partition("::")
            text = (TESTS / file).read_text(encoding="utf-8")
            assert re.search(rf"^(?:def |class )?{name}\b", text, re.MULTILINE), named


def test_a_try_costs_as_many_rounds_as_it_says() -> None:
    assert "ITERATIONS: Final = 299_999 " in inspect.getsource(keyfile)  # these tests run with fewer


def _begun(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, protected: bool) -> Path:
    """Makes a store with an interview, a goal and a consent of J-014; returns its folder."""
    if protected:
        (tmp_path / "passphrase").write_text(PASSPHRASE)
        monkeypatch.setenv("MI_PASSWORD_FILE", str(tmp_path / "passphrase"))
    assert mi("config", "set", "program.name", "Invented Program").code == 0
    assert mi("store", "init", *([] if protected else ["--unprotected"])).code == 0
    assert mi("session", "start", "J-014", lines="+d Zwetschge\n/goal Mirabelle\n/end\n").code == 0
    assert mi("consent", "add", "J-014", "--from", str(TESTS / "stores" / "consent.toml")).code == 0
    return tmp_path / "store"


def test_what_can_be_seen_without_a_key(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _begun(mi, tmp_path, monkeypatch, protected=True)
    (notes,) = store.glob("clients/*/notes/*.json")
    assert re.fullmatch(r"\d{8}T\d{6}Z-\w{8}\.json", notes.name)
    header = Envelope.of(notes.read_bytes()).header
    assert header["revision"] > 1
    size = notes.stat().st_size
    assert mi("session", "start", "J-014", lines=f"{'long ' * 200}\n/end\n").code == 0
    assert max(path.stat().st_size for path in store.glob("clients/*/notes/*.json")) > size + 900


def test_a_plain_store_is_read_and_written_by_anybody(mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _begun(mi, tmp_path, monkeypatch, protected=False)
    (notes,) = store.glob("clients/*/notes/*.json")
    assert "Zwetschge" in notes.read_text()
    (plan,) = store.glob("clients/*/plan.json")
    document = json.loads(plan.read_bytes())
    document["goals"][0]["words"], document["revision"] = "Quitte", document["revision"] + 1
    plan.write_text(json.dumps(document))
    ran = mi("goals", "export", "J-014")
    assert (ran.code, "Quitte" in ran.out) == (0, True)


def test_a_computer_that_never_saw_the_store_takes_an_earlier_copy_as_it_is(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _begun(mi, tmp_path, monkeypatch, protected=True)
    shutil.copytree(store, tmp_path / "earlier")
    (consent,) = mi("consent", "list", "--json").json["items"]
    assert mi("consent", "revoke", consent["id"], "--yes").code == 0
    shutil.rmtree(store)
    (tmp_path / "earlier").rename(store)
    assert mi("goals", "export", "J-014").code == 3
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "of another computer"))
    assert mi("goals", "export", "J-014").code == 0


def test_a_planted_consent_permits_nothing_in_a_plain_store(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _begun(mi, tmp_path, monkeypatch, protected=False)
    (given,) = store.glob("clients/*/consents/*.json")
    document = json.loads(given.read_bytes())
    document["id"], document["recipients"] = "planted1", [{"name": "M. Mallory", "kind": "covered-entity"}]
    given.with_name(f"{given.name[:17]}planted1.json").write_text(json.dumps(document))
    to_mallory = ("goals", "export", "J-014", "--to", "M. Mallory")
    ran = mi(*to_mallory)
    assert (ran.code, "the log does not tell of it" in ran.err) == (3, True)
    assert mi("store", "check", "--confirm", "--yes").code == 0
    assert mi(*to_mallory).code == 0


def test_a_backup_from_before_opens_with_the_former_passphrase(
    mi: Mi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _begun(mi, tmp_path, monkeypatch, protected=True)
    assert mi("store", "backup", str(tmp_path / "a.backup")).code == 0
    (tmp_path / "next").write_text("another passphrase of invented stores")
    monkeypatch.setenv("MI_NEW_PASSWORD_FILE", str(tmp_path / "next"))
    assert mi("store", "passphrase").code == 0
    assert mi("session", "show", "last").code == 4
    shutil.rmtree(store)
    assert mi("store", "restore", str(tmp_path / "a.backup"), "--yes").code == 0
    assert "Zwetschge" in mi("session", "show", "last").out


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    found = re.search(r"```python\n(.*?)```", TEXT.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    script = tmp_path / "open.py"
    script.write_text(found[1], encoding="utf-8")
    return script


def test_the_recipe_opens_notes_plan_and_facts(tmp_path: Path, recipe: Path) -> None:
    ids = (f"{number:08d}" for number in count(1))
    store = protected_store(tmp_path / "store", Ticking(), lambda: next(ids))
    with ExitStack() as held:
        desk = Desk(store, add_client(store, "J-014", "en"), held)
        desk.begin("+d Zwetschge", "/goal Mirabelle", "/end")
    layout = store.layout
    for path, word in (
        (layout.notes(desk.ref), "Zwetschge"),
        (layout.plan(desk.client), "Mirabelle"),
        (layout.session(desk.ref), "mi.session/2"),
    ):
        command = [sys.executable, str(recipe), str(layout.root), str(path)]
        ran = subprocess.run(command, input=f"{PASSPHRASE}\n", capture_output=True, text=True, check=True)
        assert word in ran.stdout
