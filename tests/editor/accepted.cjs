// Reads {schema, documents} as JSON from the standard input, and prints which of the documents ajv accepts, as JSON.
const { readFileSync } = require("node:fs");
const Ajv = require("ajv");

const { schema, documents } = JSON.parse(readFileSync(0, "utf-8"));
// Not strict: the schema has keys that only editors know. Patterns are read with JavaScript's flag u, as editors do.
const accepts = new Ajv({ strict: false, unicodeRegExp: true }).compile(schema);
console.log(JSON.stringify(documents.map((document) => accepts(document))));
