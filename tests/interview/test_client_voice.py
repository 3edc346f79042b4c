"""Who is speaking in a goal or a step: a question to ask, never a reason to refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_cli.interview.client_voice import sounds_like_the_institution


@pytest.mark.parametrize(
    "words",
    [
        "Client will attend three groups a week",
        "The client agrees to random testing",
        "CLIENT TO ABSTAIN",
        "Patient agrees to comply with medication",
        "“The patient is going to call.”",
        "Pt will verbalize understanding",
        "Attend sessions as evidenced by sign-in sheet",
        "Comply with the treatment plan",
        "Full compliance",
        "Adhere to medication",
        "He will stop drinking",
        "She agrees to weekly sessions",
        "They must find housing",
        "Service user will engage",
        "El cliente asistirá a tres grupos",
        "el paciente acepta el plan",
        "Paciente acepta ir",
        "La persona usuaria se compromete a asistir",
        "La persona asistirá al grupo",
        "Ella debe cumplir con las citas",
        "Él va a dejar de beber",
        "Cumplir con el tratamiento",
        "Seguir el plan de tratamiento",
    ],
)
def test_third_person_and_an_institutions_voice_are_asked_about(words: str) -> None:
    assert sounds_like_the_institution(words)


@pytest.mark.parametrize(
    "words",
    [
        "Be awake when my son is awake",
        "I need to comply with probation",
        "I must show the patient in room 3 that I can",
        "I'd like to be there for breakfast",
        "We will eat together on Sundays",
        "Patient with my daughter again",
        "He will see me sober at his wedding",
        "Not to drink on work nights",
        "See my kids every Sunday",
        "Keep the clients I have",
        "Ring Dave",
        "Tengo que cumplir con la corte",
        "Necesito dormir",
        "Cumplir con mi palabra",
        "Desayunar con mi hijo el sábado",
        "Que ella me vea bien",
        "El trabajo de antes",
        "",
        "   ",
    ],
)
def test_the_clients_own_words_pass(words: str) -> None:
    assert not sounds_like_the_institution(words)


@given(
    st.sampled_from(["I need to ", "I must ", "“I want ", "My plan: ", "Necesito ", "tengo que ", "Quiero "]), st.text()
)
def test_what_begins_with_i_is_the_clients_whatever_follows(begin: str, rest: str) -> None:
    assert not sounds_like_the_institution(begin + rest)


@given(
    st.sampled_from(["", " ", "“", '"', "- "]),
    st.sampled_from(["Client will ", "the patient agrees to ", "El cliente acepta ", "LA PACIENTE DEBE "]),
    st.text(),
)
def test_what_begins_with_the_client_is_asked_about_whatever_follows(before: str, begin: str, rest: str) -> None:
    assert sounds_like_the_institution(before + begin + rest)
