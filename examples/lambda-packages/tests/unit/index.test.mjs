import assert from "node:assert/strict";
import { test } from "node:test";

import { handler } from "../../exporter/index.mjs";

const post = (body, rest = {}) => handler({ requestContext: { http: { method: "POST" } }, body, ...rest });

test("rows become a file", async () => {
  const answer = await post('[{"a": 1}]', { queryStringParameters: { name: "trees" } });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers["Content-Disposition"], 'attachment; filename="trees.csv"');
  assert.equal(answer.body, "a\r\n1\r\n");
});

test("a body may be in base 64", async () => {
  const body = Buffer.from('[{"a": "é"}]').toString("base64");
  assert.equal((await post(body, { isBase64Encoded: true })).body, "a\r\né\r\n");
});

test("the name of the file is only ever a name", async () => {
  const answer = await post("[]", { queryStringParameters: { name: '"\r\n../' } });
  assert.equal(answer.headers["Content-Disposition"], 'attachment; filename="export.csv"');
});

test("what is not a list of rows is refused", async () => {
  for (const body of [undefined, "", "{", "{}", "[1]", "[null]"]) {
    assert.equal((await post(body)).statusCode, 400, body);
  }
  assert.equal((await handler({ requestContext: { http: { method: "GET" } } })).statusCode, 405);
});
