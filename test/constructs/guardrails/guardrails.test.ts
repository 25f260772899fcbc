import { readdirSync } from "node:fs";
import { join } from "node:path";
import { GUARDRAILS, judgeStack, type Resource } from "../../../constructs/guardrails";
import { isGuardrail } from "../../../core/findings";
import { productionStack, readFixtures, runFixture } from "./fixture";

const fixtures = readFixtures();
const RULES = join(__dirname, "..", "..", "..", "constructs", "guardrails", "rules");

test("a production stack with every guard on has no finding", () => {
  expect(judgeStack(productionStack())).toEqual([]);
});

test.each(fixtures)("production with one guard off has that finding and no other: $name", (fixture) => {
  expect(fixture.expect.length).toBeGreaterThan(0);
  expect(fixture.expect.every((line) => line.split(" ")[1] === fixture.name.split(".")[0])).toBe(true);
  expect(runFixture(fixture)).toEqual(fixture.expect);
});

test.each(GUARDRAILS.map(({ id }) => id))("%s, switched off, leaves its fixtures without a finding", (id) => {
  const own = fixtures.filter(({ name }) => name.split(".")[0] === id);
  const others = GUARDRAILS.filter((guardrail) => guardrail.id !== id);

  expect(own.length).toBeGreaterThan(0);
  for (const fixture of own) expect(runFixture(fixture, { guardrails: others })).toEqual([]);
});

test("the list is contract: waivers name these ids", () => {
  expect(GUARDRAILS.map(({ id, severity, elsewhere }) => `${id} ${severity}/${elsewhere ?? severity}`)).toMatchInlineSnapshot(`
    [
      "guard-bucket-force-destroy error/note",
      "guard-bucket-public error/error",
      "guard-bucket-unencrypted error/warning",
      "guard-bucket-unversioned error/note",
      "guard-bucket-without-tls error/warning",
      "guard-cache-single-zone error/off",
      "guard-cache-unencrypted error/error",
      "guard-cache-without-sign-in error/error",
      "guard-cache-without-tls error/error",
      "guard-database-public error/error",
      "guard-database-short-backups error/note",
      "guard-database-single-zone error/off",
      "guard-database-unencrypted error/error",
      "guard-database-without-deletion-protection error/note",
      "guard-database-without-final-snapshot error/note",
      "guard-database-without-logs warning/note",
      "guard-database-without-tls error/error",
      "guard-destroyable error/note",
      "guard-iam-open-trust error/error",
      "guard-iam-wildcard error/error",
      "guard-key-short-deletion-window error/off",
      "guard-key-without-rotation error/warning",
      "guard-listener-old-tls error/error",
      "guard-listener-without-tls error/error",
      "guard-literal-secret error/error",
      "guard-logs-for-ever error/warning",
      "guard-logs-unencrypted warning/note",
      "guard-open-egress warning/note",
      "guard-open-ingress error/error",
      "guard-policy-for-everyone error/error",
      "guard-provider-unpinned error/error",
      "guard-secret-in-state error/error",
      "guard-secret-without-recovery error/note",
      "guard-state-unprotected error/note",
      "guard-terraform-version error/error",
    ]
  `);
});

test("a file holds one guardrail, has its name, and is in the list", () => {
  expect(readdirSync(RULES).map((file) => file.replace(/\.ts$/, ""))).toEqual(GUARDRAILS.map(({ id }) => id));
  expect(GUARDRAILS.filter(({ id }) => !isGuardrail(id))).toEqual([]);
});

test("texts are lower case, without a final period", () => {
  for (const { summary, repair, why } of GUARDRAILS) {
    expect([summary, repair].filter((text) => /^[A-Z][a-z]|\.$/.test(text))).toEqual([]);
    expect(why).toMatch(/\.$/);
  }
});

test("outside production a guardrail is as grave as it says, or silent", () => {
  const byId = new Map(GUARDRAILS.map((guardrail) => [guardrail.id, guardrail.elsewhere ?? guardrail.severity]));
  for (const fixture of fixtures) {
    const severity = byId.get(fixture.name.split(".")[0] ?? "");
    const lines = severity === "off" ? [] : fixture.expect.map((line) => line.replace(/^\w+/, severity ?? ""));
    expect(runFixture(fixture, { production: false })).toEqual(lines);
  }
});

test("a finding stands where the user wrote what became the resource", () => {
  const { "//": _, ...stack } = productionStack();
  const seen: (readonly string[] | undefined)[] = [];
  const placeOf = (resource: Resource | undefined) => {
    seen.push(resource?.madeFrom);
    return { file: "prod.yaml", line: 22, column: 3 };
  };
  const database = {
    ...(stack.resource as { aws_db_instance: { database: object } }).aws_db_instance.database,
    multi_az: false,
  };
  const weak = {
    ...stack,
    resource: { ...(stack.resource as object), aws_db_instance: { database } },
  };

  const [finding] = judgeStack(weak, { placeOf });

  expect(finding).toMatchObject({
    path: "aws_db_instance.database.multi_az",
    place: { file: "prod.yaml", line: 22, column: 3 },
  });
  expect(seen).toEqual([["aws.database"]]);
});

test("no finding shows a secret", () => {
  const lines = fixtures.filter(({ name }) => name.startsWith("guard-literal-secret")).flatMap((fixture) => runFixture(fixture));

  expect(lines.length).toBe(2);
  expect(lines.join()).not.toMatch(/canary|horse/);
});
