import { parseArgs } from "node:util";
import type { Insertion, MemberRules } from "../../proxy/src/body";
import { litellmMembers } from "../../proxy/src/profiles/litellm-members";
import { RouteTable } from "../../proxy/src/routes";
import { jsonBody } from "./bodies";
import { Counts } from "./counts";
import { formBody, formProblem, rewrittenForm, spoiltForm } from "./forms";
import { frontLines, fuzzFronts, isProven } from "./fronts";
import { fuzzHeads } from "./heads";
import { rewrittenJson } from "./json-cases";
import { type Expectation, expectation, problemOf } from "./judge";
import { mutated } from "./mutate";
import { FORM, PythonJudge } from "./python-judge";
import { Random } from "./random";

/** One in so many cases is not damaged, and must be forwarded. */
const WHOLE_EVERY = 11;
/** One in so many cases is a form. */
const FORM_EVERY = 10;

/** For so many bodies one request with a damaged head is sent through a running proxy. */
const HEAD_EVERY = 50;
/** For so many bodies one damaged request is read by both fronts. */
const FRONT_EVERY = 5;

const ROOT: Insertion = { path: ["litellm_metadata"], json: `{"tags":["größe","a,b"],"user":"名"}` };
const NESTED: Insertion = { path: ["metadata", "tags"], json: `["verified"]` };
const INSERTIONS: readonly (readonly Insertion[])[] = [[], [ROOT], [NESTED], [ROOT, NESTED]];

/** What was forwarded in a case, and how it is to be judged. */
interface Forwarded {
  readonly body: Buffer;
  readonly expectation: number;
  readonly problem: string | undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      python: { type: "string", default: "python3" },
      oracle: { type: "string", default: "" },
    },
  });
  const rules = chatRules();
  const expectations = INSERTIONS.map((insertions) => expectation(rules, insertions));
  const judge = new PythonJudge(values.python, values.oracle, expectations);
  const counts = new Counts();
  const forwarded: number[] = [];
  // The whole bodies come on top, so that as many as were asked for are damaged.
  const total = Math.ceil((Number(values.cases) * WHOLE_EVERY) / (WHOLE_EVERY - 1));
  for (let index = 0; index < total; index++) {
    const result = await runCase(Random.ofCase(Number(values.seed), index), index, rules, expectations, counts);
    if (!result) continue;
    if (result.problem !== undefined) counts.failed(index, "Node", result.problem);
    forwarded.push(index);
    await judge.submit(result.expectation, result.body);
  }
  const verdict = await judge.finish();
  for (const { index, parser, problem } of verdict.wrong) counts.failed(forwarded[index] ?? -1, parser, problem);
  await fuzzHeads(Math.ceil(Number(values.cases) / HEAD_EVERY), Number(values.seed), counts);
  const fronts = await fuzzFronts(Math.ceil(Number(values.cases) / FRONT_EVERY), Number(values.seed));
  const isRight = counts.report(Number(values.seed), verdict);
  for (const line of frontLines(fronts)) console.log(line);
  process.exitCode = isRight && isProven(fronts) ? 0 : 1;
}

function chatRules(): MemberRules {
  const found = new RouteTable().find("POST", "/v1/chat/completions");
  if (typeof found === "string") throw new Error(found);
  return litellmMembers(found.route);
}

function runCase(random: Random, index: number, rules: MemberRules, expectations: readonly Expectation[], counts: Counts) {
  const isWhole = index % WHOLE_EVERY === 0;
  const run = index % FORM_EVERY === 0 ? formCase : jsonCase;
  return run(random, isWhole, rules, expectations, counts);
}

async function jsonCase(
  random: Random,
  isWhole: boolean,
  rules: MemberRules,
  expectations: readonly Expectation[],
  counts: Counts,
): Promise<Forwarded | undefined> {
  const number = random.below(INSERTIONS.length);
  const original = Buffer.from(jsonBody(random, rules));
  const result = rewrittenJson(random, isWhole ? original : mutated(random, original), rules, INSERTIONS[number] ?? []);
  counts.ran(isWhole, typeof result === "string" ? result : undefined);
  const expected = expectations[number];
  if (typeof result === "string" || !expected) return undefined;
  return { body: result.body, expectation: number, problem: result.problem ?? problemOf(result.body, expected, isWhole) };
}

async function formCase(
  random: Random,
  isWhole: boolean,
  rules: MemberRules,
  expectations: readonly Expectation[],
  counts: Counts,
): Promise<Forwarded | undefined> {
  const number = random.below(2);
  const original = Buffer.from(formBody(random, rules));
  const damage = random.chance(0.5) ? spoiltForm : mutated;
  const body = rewrittenForm(random, isWhole ? original : damage(random, original), rules, INSERTIONS[number] ?? [], !isWhole);
  counts.ran(isWhole, typeof body === "string" ? body : undefined);
  const expected = expectations[number];
  if (typeof body === "string" || !expected) return undefined;
  return { body, expectation: FORM + number, problem: await formProblem(body, expected, isWhole) };
}

void main();
