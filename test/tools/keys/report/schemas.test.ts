import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { makeReport, renderKeyReport } from "../../../../tools/keys/report";
import { inputOf, keyRow, thing, wantedKey } from "./inventory";

const reference = join(__dirname, "..", "..", "..", "..", "docs", "reference");
const schema = (name: string) => JSON.parse(readFileSync(join(reference, name), "utf8"));
const validatorOf = (name: string) => new Ajv2020({ strict: false, allErrors: true }).compile(schema(name));

describe("the published schema of keys report", () => {
  const validate = validatorOf("keys-report.schema.json");
  const report = makeReport(
    inputOf(
      [keyRow("ci-eval", { models: [] }), keyRow("x", { team_id: null }, false)],
      [wantedKey("ci-eval"), wantedKey("to-come")],
      [thing("team", "research", { max_budget: 1, spend: 2 })],
    ),
  );

  test("holds for what is printed", () => {
    validate(JSON.parse(renderKeyReport(report, "json")));

    expect(validate.errors ?? []).toEqual([]);
  });

  test("does not hold for a whole token id", () => {
    const [line, ...others] = report.keys;

    expect(validate({ ...report, keys: [{ ...line, tokenId: "0".repeat(64) }, ...others] })).toBe(false);
  });
});

describe("the published schema of keys report --spend", () => {
  const validate = validatorOf("keys-spend.schema.json");
  const usage = { spend: "0.00", requests: 0, failedRequests: 0, promptTokens: 0, completionTokens: 0 };
  const report = {
    ...{ reportVersion: 1, month: "2026-10", settled: true, total: usage, withoutTeam: usage, notes: [] },
    ...{ teams: [], users: [], customers: [], tags: [], keys: [{ name: "a", tokenIds: ["00000000"], ...usage }] },
  };

  test("holds for amounts as text, and not for numbers, which round", () => {
    expect(validate(report)).toBe(true);
    expect(validate({ ...report, total: { ...usage, spend: 0 } })).toBe(false);
  });
});
