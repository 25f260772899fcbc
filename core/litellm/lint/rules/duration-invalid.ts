import { durationOfWord, durationsIn } from "../durations";
import type { LintRule } from "../lint-rule";

/** A duration that LiteLLM cannot read. */
export const durationInvalid: LintRule = {
  id: "duration-invalid",
  severity: "error",
  summary: "LiteLLM cannot read this duration",
  why: "A duration is a whole number and a unit: s, m, h, d, w or mo, in small letters. 30, 1y, 30D, -1d and the empty text are refused with 400 when a key, team or user is made from them, and no budget of the router is kept with them (litellm/litellm_core_utils/duration_parser.py, tried with LiteLLM 1.108.10).",
  repair: "write a number and a unit, such as 30d, 12h or 1mo",
  check: (context) =>
    durationsIn(context)
      .filter(({ text }) => durationOfWord(text) === undefined && !isReadable(text))
      .map(({ text, path }) =>
        context.found(durationInvalid, path, {
          message: "this is no duration",
          got: JSON.stringify(text),
          expected: "a whole number and s, m, h, d, w or mo",
          repair: repairOf(text),
        }),
      ),
};

/** LiteLLM looks at the beginning alone; a length of nothing is refused. */
function isReadable(text: string): boolean {
  const match = /^(\d+)(mo|[smhdw])/.exec(text);
  return match !== null && Number(match[1]) > 0;
}

function repairOf(text: string): string {
  const match = /^(\d+)\s*([a-z]*)/i.exec(text);
  const [, count = "", unit = ""] = match ?? [];
  if (!match || Number(count) === 0) return durationInvalid.repair;
  if (/^y/i.test(unit)) return `write ${Number(count) * 12}mo`;
  if (/^mo/i.test(unit)) return `write ${count}mo`;
  if (/^[smhdw]/i.test(unit)) return `write ${count}${unit.charAt(0).toLowerCase()}`;
  return `write ${count}d, if days are meant`;
}
