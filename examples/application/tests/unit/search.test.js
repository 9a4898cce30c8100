import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { start } from "../../frontend/search.js";

/** An input, an output, and answers that come when the test says so. */
function page() {
  const input = new EventTarget();
  const output = { innerHTML: "" };
  const asked = {};
  const fetch = (url) => new Promise((resolve) => (asked[url] = resolve));
  start(input, output, fetch, 0);
  const type = async (value) => {
    input.value = value;
    input.dispatchEvent(new Event("input"));
    await sleep(5);
  };
  const answer = async (url, text, ok = true) => {
    asked[url]({ ok, text: async () => text });
    await sleep(5);
  };
  return { output, asked, type, answer };
}

test("what is typed is searched for", async () => {
  const { output, type, answer } = page();
  await type(" mill & co ");
  await answer("/results?query=mill%20%26%20co", "<h2>1 application</h2>");
  assert.equal(output.innerHTML, "<h2>1 application</h2>");
});

test("an answer that comes late is dropped", async () => {
  const { output, type, answer } = page();
  await type("m");
  await type("mi");
  await answer("/results?query=mi", "new");
  await answer("/results?query=m", "old");
  assert.equal(output.innerHTML, "new");
});

test("an error leaves the results as they are", async () => {
  const { output, type, answer } = page();
  output.innerHTML = "before";
  await type("mill");
  await answer("/results?query=mill", "an error page", false);
  assert.equal(output.innerHTML, "before");
});

test("only the last of quick keystrokes is sent", async () => {
  const { asked, type } = page();
  await Promise.all([type("m"), type("mi"), type("mil")]);
  assert.deepEqual(Object.keys(asked), ["/results?query=mil"]);
});
