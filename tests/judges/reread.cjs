// Reads the files named on the command line with the package yaml, and prints by path what stands in each or what is wrong.
const { readFileSync } = require("node:fs");
const { parseDocument } = require("yaml");

// JSON that keeps what JavaScript's own would lose: 1 apart from 1.0, and keys that are no strings.
function json(value) {
  if (value instanceof Map) return `{"map": [${[...value].map((pair) => json(pair)).join(", ")}]}`;
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  if (typeof value === "bigint") return String(value);
  if (Number.isInteger(value)) return `${value}.0`;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

const answers = process.argv.slice(2).map((path) => {
  const document = parseDocument(readFileSync(path, "utf-8"), { version: "1.2", intAsBigInt: true });
  const [error] = [...document.errors, ...document.warnings];
  const said = error ? `"error": ${JSON.stringify(error.message)}` : `"read": ${json(document.toJS({ mapAsMap: true }))}`;
  return `${JSON.stringify(path)}: {${said}}`;
});
console.log(`{${answers.join(",\n")}}`);
