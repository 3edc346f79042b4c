// The profiles of US Core 6.1 and Person-Centered Outcomes 1.0.0 that a handoff declares, as StructureDefinitions for a
// general validator. No package has them, so each is the definition of R4 with what the guide says of it on top: how
// often an element stands, its types, the codes of its slices, and of which profile a reference's resource must be (`to`).
// Of the bindings to codes, those are here that are required beyond R4. A slice by profile is `to` as well: in PCO's plan it asks for one goal, here for all.
const US = "http://hl7.org/fhir/us/core/StructureDefinition";
const PCO = "http://hl7.org/fhir/us/pco/StructureDefinition";
const PATIENT = `${US}/us-core-patient`;
const SCREENING = `${US}/us-core-observation-screening-assessment`;
const READINESS = `${PCO}/pco-readiness-assessment`;
const PERSONS = [PATIENT, "RelatedPerson"]; // a Practitioner of US Core has a number, which the counselor here has not

const coded = (system, code) => ({ min: 1, max: "1", patternCodeableConcept: { coding: [{ system, code }] } });
const SURVEY = coded("http://terminology.hl7.org/CodeSystem/observation-category", "survey");
const ASSESS_PLAN = coded("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan");
const HAS_ANSWER = "(component.empty() and hasMember.empty()) implies (dataAbsentReason.exists() or value.exists())";

// By profile: the one that it adds to, and what it says of the elements.
const SAID = {
  [`${US}/us-core-goal`]: ["Goal", { "Goal.subject": { to: [PATIENT] } }],
  [`${PCO}/pco-goal-profile`]: [
    `${US}/us-core-goal`,
    {
      "Goal.start[x]": { min: 1, types: ["date"] },
      "Goal.expressedBy": { to: PERSONS },
      "Goal.addresses": { to: ["Condition", "Observation", "RiskAssessment"] },
    },
  ],
  [`${US}/us-core-careplan`]: [
    "CarePlan",
    { "CarePlan.category": { min: 1, slices: { AssessPlan: ASSESS_PLAN } }, "CarePlan.subject": { to: [PATIENT] } },
  ],
  [`${PCO}/pco-care-plan`]: [
    `${US}/us-core-careplan`,
    {
      "CarePlan.goal": { min: 1, to: [`${PCO}/pco-goal-profile`] },
      "CarePlan.activity": { min: 1 },
      "CarePlan.activity.reference": { min: 1 },
      "CarePlan.activity.detail": { max: "0" },
    },
  ],
  [SCREENING]: [
    "Observation",
    {
      Observation: { rule: ["us-core-2", HAS_ANSWER] },
      "Observation.category": { min: 1, slices: { survey: SURVEY } },
      "Observation.subject": { min: 1, to: [PATIENT] },
      "Observation.performer": { to: PERSONS },
      "Observation.hasMember": { to: [SCREENING, "QuestionnaireResponse", "MolecularSequence"] },
    },
  ],
  [`${PCO}/pco-what-matters-assessment`]: [SCREENING, {}],
  [READINESS]: [
    SCREENING,
    {
      "Observation.focus": { max: "1", to: ["Goal", "Observation"] },
      "Observation.value[x]": {
        types: ["CodeableConcept"],
        binding: { strength: "required", valueSet: "http://loinc.org/vs/LL2335-9" },
      },
      "Observation.hasMember": { to: [READINESS] },
      "Observation.derivedFrom": { to: [SCREENING, "QuestionnaireResponse"] },
    },
  ],
  [`${PCO}/pco-goal-barrier`]: [
    "Observation",
    {
      "Observation.category": { min: 1, slices: { survey: SURVEY } },
      "Observation.subject": { min: 1, to: [PATIENT] },
      "Observation.performer": { to: PERSONS },
      "Observation.focus": { max: "1", to: ["Goal"] },
      "Observation.value[x]": { min: 1, types: ["CodeableConcept", "string"] },
    },
  ],
};

function added(element, { slices = {}, to, types, rule, ...rest }) {
  const said = { ...element, ...rest };
  if (types) said.type = types.map((code) => ({ code }));
  if (to) said.type = [{ code: "Reference", targetProfile: to }];
  if (rule) {
    const [key, expression] = rule;
    said.constraint = [...(element.constraint ?? []), { key, severity: "error", human: key, expression }];
  }
  if (Object.keys(slices).length === 0) return [said];
  said.slicing = { discriminator: [{ type: "pattern", path: "$this" }], rules: "open" };
  const sliced = Object.entries(slices).map(([sliceName, slice]) => ({
    ...element,
    ...slice,
    id: `${element.id}:${sliceName}`,
    sliceName,
  }));
  return [said, ...sliced];
}

// Returns the profiles by address, given R4's definition of each type of resource, and US Core's of the Patient.
function profiles(base, patient) {
  const made = { [PATIENT]: patient };
  const definition = (name) => made[name] ?? base(name);
  for (const [url, [on, said]] of Object.entries(SAID)) {
    const below = definition(on);
    const missing = Object.keys(said).filter((path) => !below.snapshot.element.some((element) => element.path === path));
    if (missing.length > 0) throw new Error(`${url} speaks of ${missing}`);
    const element = below.snapshot.element.flatMap((each) => (each.sliceName ? [each] : added(each, said[each.path] ?? {})));
    made[url] = { ...below, url, name: url.split("/").pop(), derivation: "constraint", snapshot: { element } };
  }
  return made;
}

module.exports = { profiles };
