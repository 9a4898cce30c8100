// The function `index.handler`: answers a POST of JSON rows to its URL with a CSV file of them.

import { csv } from "./csv.mjs";

export async function handler(event) {
  const { method } = event.requestContext.http;
  if (method !== "POST") return refuse(405, "rows are sent by POST");
  let rows;
  try {
    rows = JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : event.body);
  } catch {
    return refuse(400, "the body is not JSON");
  }
  if (!Array.isArray(rows) || rows.some((row) => typeof row !== "object" || row === null)) {
    return refuse(400, "the body is not a list of rows");
  }
  const name = (event.queryStringParameters?.name ?? "export").replace(/[^a-z0-9-]/gi, "");
  return {
    statusCode: 200,
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name || "export"}.csv"`,
    },
    body: csv(rows),
  };
}

function refuse(statusCode, error) {
  return { statusCode, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ error }) };
}
