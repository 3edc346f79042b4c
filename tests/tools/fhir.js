// Reads a JSON list of Bundles from standard input; writes, for each, the errors that npm's fhir finds.
const { Fhir } = require("fhir");
const checker = new Fhir();
const bundles = JSON.parse(require("fs").readFileSync(0, "utf8"));
const errors = bundles.map((bundle) =>
  checker
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((message) => ["error", "fatal"].includes(message.severity))
    .map((message) => `${message.location}: ${message.message}`),
);
process.stdout.write(JSON.stringify(errors));
