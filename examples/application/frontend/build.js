// Writes the assets into a folder, each named by a hash of its content, and a manifest of their names.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL(".", import.meta.url));

/** One style sheet without comments and space that mean nothing. */
export function minifyCss(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/;}/g, "}")
    .trim();
}

/** A script without the lines that are comments, without indentation and empty lines. */
export function minifyJs(text) {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !/^(\/\/|\/\*\*.*\*\/$)/.test(line)).join("\n") + "\n";
}

export function build(source, target) {
  const sheets = readdirSync(source).filter((name) => name.endsWith(".css")).sort();
  const assets = {
    "site.css": minifyCss(sheets.map((name) => readFileSync(join(source, name), "utf8")).join("\n")),
    "search.js": minifyJs(readFileSync(join(source, "search.js"), "utf8")),
  };
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const manifest = {};
  for (const [name, content] of Object.entries(assets)) {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
    manifest[name] = name.replace(".", `-${hash}.`);
    writeFileSync(join(target, manifest[name]), content);
  }
  writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(build(SOURCE, process.argv[2]));
}
