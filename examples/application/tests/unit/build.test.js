import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { build, minifyCss, minifyJs } from "../../frontend/build.js";

function sources(css) {
  const folder = mkdtempSync(join(tmpdir(), "build-"));
  writeFileSync(join(folder, "b.css"), css);
  writeFileSync(join(folder, "a.css"), "a { left: 0; }\n");
  writeFileSync(join(folder, "search.js"), "// a comment\nstart();\n");
  return folder;
}

test("a style sheet loses what means nothing", () => {
  const css = "/* a */\nth,\ntd {\n  margin: 0 auto;\n}\n\n.skip:not(:focus) {\n  left: 0;\n}\n";
  assert.equal(minifyCss(css), "th,td{margin:0 auto}.skip:not(:focus){left:0}");
});

test("a script loses comments and indentation", () => {
  assert.equal(minifyJs("/** A. */\nif (a) {\n  // b\n  c(); // d\n}\n"), "if (a) {\nc(); // d\n}\n");
});

test("style sheets become one, in the order of their names", () => {
  const target = join(mkdtempSync(join(tmpdir(), "static-")), "static");
  const manifest = build(sources("b { top: 0; }\n"), target);
  assert.equal(readFileSync(join(target, manifest["site.css"]), "utf8"), "a{left:0}b{top:0}");
  assert.deepEqual(readdirSync(target).sort(), ["manifest.json", ...Object.values(manifest)].sort());
});

test("an asset has another name when, and only when, its content changed", () => {
  const target = join(mkdtempSync(join(tmpdir(), "static-")), "static");
  const first = build(sources("b { top: 0; }\n"), target);
  assert.deepEqual(build(sources("b { top: 0; }\n"), target), first);
  const second = build(sources("b { top: 1px; }\n"), target);
  assert.notEqual(second["site.css"], first["site.css"]);
  assert.equal(second["search.js"], first["search.js"]);
  assert.ok(!readdirSync(target).includes(first["site.css"]));
});
