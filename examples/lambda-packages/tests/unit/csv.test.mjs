import assert from "node:assert/strict";
import { test } from "node:test";

import { csv } from "../../exporter/csv.mjs";

test("the columns are all keys of all rows", () => {
  assert.equal(csv([{ a: 1 }, { b: true, a: null }]), "a,b\r\n1,\r\n,true\r\n");
});

test("what has a meaning in CSV is quoted", () => {
  assert.equal(csv([{ "a,b": 'say "no"', c: "two\nlines" }]), '"a,b",c\r\n"say ""no""","two\nlines"\r\n');
});

test("no text is a formula", () => {
  assert.equal(csv([{ a: "=1+1", b: "-2", c: -2 }]), "a,b,c\r\n'=1+1,'-2,-2\r\n");
});

test("what nests is JSON", () => {
  assert.equal(csv([{ a: [1, 2] }]), 'a\r\n"[1,2]"\r\n');
});
