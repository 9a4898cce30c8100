// Calls a function as AWS does: node runtime.mjs FOLDER HANDLER < event.json > result.json

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, handler] = process.argv.slice(2);
const [file, name] = handler.split(".");
const module = await import(pathToFileURL(resolve(folder, `${file}.mjs`)).href);
const result = await module[name](JSON.parse(readFileSync(0, "utf8")), {});
process.stdout.write(JSON.stringify(result));
