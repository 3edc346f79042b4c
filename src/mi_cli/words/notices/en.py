"""Our own sentences on a handoff in English. The notices of the law stand in `model`, in English only."""

from typing import Final

from mi_cli.words.notices.model import NoticeWords

EN: Final = NoticeWords(
    notes_kept_apart="Counseling notes are never part of a handoff. They are kept apart and are not in this document.",
    further_under_hipaa=(
        "A covered entity or business associate that received this record for treatment, payment or health care "
        "operations may use and disclose it further as HIPAA permits, but not in civil, criminal, administrative "
        "or legislative proceedings against the client."
    ),
    further_as_consented=(
        "A part 2 program that is neither a covered entity nor a business associate may disclose this record "
        "further only as the client's written consent permits."
    ),
    no_further=(
        "This record may not be passed on unless the client's written consent expressly permits it, or 42 CFR "
        "part 2 permits it otherwise."
    ),
    further_by_others=(
        "Anybody else may not pass this record on unless the client's written consent expressly permits it, or 42 CFR "
        "part 2 permits it otherwise."
    ),
    within_program=(
        "This record stays within the program, with those who need it to treat the client or to refer the client "
        "for treatment. It leaves the program only with the client's written consent, or as 42 CFR part 2 permits "
        "otherwise."
    ),
    misdirected="If this has reached you by mistake, please read no further, tell {contact}, and destroy every copy.",
    sender="whoever sent it",
)
