// Reads {schema, documents by path} as JSON from the standard input, and prints what is wrong with each, as JSON.
const { readFileSync } = require("node:fs");
const Ajv = require("ajv");

const { schema, documents } = JSON.parse(readFileSync(0, "utf-8"));
// Not strict: the schema has keys that only editors know.
const validate = new Ajv({ strict: false }).compile(schema);
const answer = {};
for (const [path, document] of Object.entries(documents)) {
  answer[path] = validate(document)
    ? []
    : validate.errors.map(({ instancePath, message }) => `$${instancePath.replaceAll("/", ".")}: ${message}`);
}
console.log(JSON.stringify(answer));
