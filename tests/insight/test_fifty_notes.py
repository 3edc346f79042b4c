"""Ten invented interviews, five of them in Spanish, each as a note in each of five formats, read as an auditor would.

Each line is walked back to its source, and no word that was not picked is in any byte of what is made.
"""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from pdfminer.high_level import extract_text

from mi_cli.handoff.formats import Format, page
from mi_cli.handoff.note_document import note_document, note_text
from mi_cli.insight.progress_note import compose, formats
from mi_cli.records.progress_note import ProgressNote
from mi_cli.records.terms import NoteAuthor, NoteBlank, Technique
from mi_cli.words.note import note_words
from tests.builders import after, an_interview
from tests.conftest import prompts_once
from tests.insight.test_progress_note import bears_out, drafted, source_of

# The first line of each is picked. What is not to be in a note has one of these in it, as a whole word.
UNPICKED: Final = ("zwetschge", "mirabelle", "quitte", "schlehe")
OWN: Final = """
label = "Our own"
[[section]]
key = "before"
label = { en = "What the record shows", es = "Lo que consta" }
facts = ["goals", "acts", "techniques", "readings", "steps", "words", "observations", "safety"]
blanks = ["use-since", "risk"]
[[section]]
key = "clinical"
label = { en = "Clinical view", es = "Juicio clínico" }
by = "clinician"
[[section]]
key = "plan"
label = { en = "Plan", es = "Plan" }
facts = ["next"]
blanks = ["next-appointment"]
"""
INTERVIEWS: Final = {
    "en": [
        ["+d I want to be there for breakfast", "- zwetschge helps me sleep", ">r mirabelle", ">q",
         "/importance 7 quitte", "/confidence 4", "/goal Be at Saturday breakfast.", "/step Ring Ana @ Friday",
         "/step Second one.", "/done #2", "/review 4w"],
        ["= Looks tired, speaks slowly", "+n zwetschge must stop", "? mirabelle about the divorce",
         "/safety overdose quitte", "/safety done schlehe", "/goal Sleep through a night",
         "/step Call the clinic? @ tomorrow"],
        ["+t I poured it out on Sunday", "! zwetschge", "/goal Two evenings without", "/goal Pay the rent",
         "/step Leave the cards at home @ 2026-12-01", "/step Ask Jo to come along", "/notdone #1 forgot it",
         "/confidence 3", "/confidence 6 mirabelle"],
        ["+a I could ride with my brother", "~ zwetschge", "> mirabelle", ">s quitte", ">a schlehe",
         "/evoking", "/planning"],
        ["+r My daughter asked why", "/lapse zwetschge", "/trigger mirabelle", "/barrier quitte -> schlehe",
         "/readiness 0", "/goal Be sober for the recital", "/progress Rang her twice.", "/review 2027-01-31"],
    ],
    "es": [
        ["+d Quiero estar en el desayuno", "- zwetschge me calma", ">r mirabelle", "/importance 8 quitte",
         "/goal Desayunar con mi hija.", "/step Llamar a Ana @ viernes", "/step La segunda.",
         "/done #2", "/review 4w"],
        ["= Llega con sueño", "+n zwetschge tiene que acabar", "/safety overdose mirabelle", "/goal Dormir una noche",
         "/step ¿Llamar a la clínica? @ mañana", "/confidence 5", "/confidence 7"],
        ["+t El domingo la tiré", "? zwetschge", "/goal Dos tardes sin beber", "/goal Pagar la renta",
         "/step Dejar las tarjetas en casa @ 2026-12-01", "/notdone #1 se olvidó", "/progress Llamó dos veces."],
        ["+a Podría ir con mi hermano", "> zwetschge", ">q mirabelle", ">i quitte", "/planning", "schlehe"],
        ["+r Mi hija me preguntó por qué", "/lapse zwetschge", "/trigger mirabelle", "/readiness 10 quitte",
         "/goal Estar sobria en el concierto", "/review 2027-01-31"],
    ],
}  # fmt: skip


def texts_of(note: ProgressNote, language: str) -> dict[str, str]:
    """Returns all that a note becomes: its record, and the text of each file, a Word file unpacked."""
    words = note_words(language)
    document = note_document(note, "J-014", words)
    with zipfile.ZipFile(io.BytesIO(page(document, Format.WORD))) as word:
        parts = b"".join(word.read(name) for name in word.namelist()).decode("utf-8", "replace")
    pdf = page(document, Format.PDF)
    return {
        "json": json.dumps(note.model_dump(mode="json"), ensure_ascii=False),
        "txt": note_text(note, "J-014", words),
        "md": page(document, Format.MARKDOWN).decode(),
        "docx": parts,
        "pdf": extract_text(io.BytesIO(pdf)) + pdf.decode("latin-1"),
    }


@pytest.mark.parametrize("form_name", ["girp", "dap", "soap", "birp", "own"])
@pytest.mark.parametrize("language", INTERVIEWS)
def test_ten_notes_in_each_format(language: str, form_name: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    words = note_words(language)
    form = formats.note_format(form_name, tmp_path, words)
    for lines in INTERVIEWS[language]:
        state = after(an_interview(prompts_once()), [*lines, "/end"], timedelta(minutes=4))
        source = source_of(state)
        facts = source.facts
        note = drafted(source, form_name, language, own=tmp_path, place="office", present="client alone")
        first, typed = source.lines[0], "2026-12-04, 14:00"
        note = compose.pick(note, first, form)
        note = compose.with_ticked(note, [Technique.AGENDA], form, words)
        note = compose.with_blank(note, NoteBlank.NEXT_APPOINTMENT, typed)
        note = compose.refreshed(note, source.facts, form, words)
        recorded = [line for section in note.sections for line in section.lines or () if line.source]
        for line in recorded:
            assert all(bears_out(one, line.text, state, {first.n}, language) for one in (line.source or "").split()), (
                line
            )
            assert not line.text.endswith(("..", "?.", "!.")), line
        assert len({line.text for line in recorded}) == len(recorded)
        open_steps = [
            step for goal in state.plan.goals for step in goal.steps if step.is_open and goal.id in note.goals
        ]
        assert all(any(line.source == f"step:{step.id}" for line in recorded) for step in open_steps)
        assert sum(facts.minutes_in(stage) for stage in facts.stages) == note.minutes > 0
        assert not any(" 0 min" in line.text for line in recorded)
        made = texts_of(note, language)
        for text in made.values():
            assert not [word for word in UNPICKED if word in text.casefold()]
        assert not re.search(r"\d{4}-\d\d-\d\d", made["txt"].replace(typed, ""))  # days are in words
        assert first.words in made["txt"].replace('"', "")
        # Blanks never vanish, and nothing stands in them that nobody typed.
        for blank in [section for section in note.sections if section.by is NoteAuthor.CLINICIAN]:
            assert (blank.lines is None) is (blank.key != NoteBlank.NEXT_APPOINTMENT)
            empty = words.blank.format(blank=blank.label[:1].lower() + blank.label[1:])
            assert (empty in made["txt"]) is (blank.lines is None)
