import { createHash } from "node:crypto";
import fc from "fast-check";
import { parse } from "yaml";
import { renderConfig } from "../../../core/litellm";

const config = {
  model_list: [
    {
      model_name: "gpt",
      litellm_params: {
        model: "openai/gpt-4o",
        api_key: "os.environ/OPENAI_API_KEY",
        rpm: 100,
        input_cost_per_token: 1e-7,
        tags: ["a", "b"],
      },
      model_info: { id: "gpt-1", mode: "chat", supports_vision: true },
    },
    { model_name: "on", litellm_params: { model: "azure/x", api_version: "2024-06-01", api_base: "https://a.example:443/v1" } },
  ],
  general_settings: { master_key: "os.environ/K", alerting: [], alert_to_webhook_url: {}, database_url: null },
  router_settings: { fallbacks: [{ gpt: ["on"] }], routing_strategy: "simple-shuffle" },
  litellm_settings: { drop_params: true, callbacks: ["prometheus"], budget_reset_time: "12:30" },
  environment_variables: { Z: "1", A: "two words", M: "line\nbreak" },
};

test("a configuration is rendered in the documented order", () => {
  expect(renderConfig(config)).toBe(`model_list:
  - model_name: gpt
    litellm_params:
      model: openai/gpt-4o
      api_key: os.environ/OPENAI_API_KEY
      input_cost_per_token: 1.0e-7
      rpm: 100
      tags:
        - a
        - b
    model_info:
      id: gpt-1
      mode: chat
      supports_vision: true
  - model_name: "on"
    litellm_params:
      model: azure/x
      api_base: https://a.example:443/v1
      api_version: "2024-06-01"
litellm_settings:
  budget_reset_time: "12:30"
  callbacks:
    - prometheus
  drop_params: true
router_settings:
  fallbacks:
    - gpt:
        - "on"
  routing_strategy: simple-shuffle
general_settings:
  alert_to_webhook_url: {}
  alerting: []
  database_url: null
  master_key: os.environ/K
environment_variables:
  A: two words
  M: "line\\nbreak"
  Z: "1"
`);
});

/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same shuffle everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [number, string, unknown] => [next(), name, shuffled(item, next)]);
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, name, item]) => [name, item]));
}

test("a hundred orders of names give the same bytes", () => {
  const hashes = new Set<string>();
  const orders = new Set<string>();
  for (let seed = 0; seed < 100; seed++) {
    const other = shuffled(config, random(seed));
    orders.add(JSON.stringify(other));
    hashes.add(createHash("sha256").update(renderConfig(other)).digest("hex"));
  }
  expect(orders.size).toBeGreaterThan(90);
  expect(hashes.size).toBe(1);
});

test("the order of a list is kept", () => {
  expect(renderConfig({ a: ["b", "a"] })).toBe("a:\n  - b\n  - a\n");
});

test.each([
  ["on", '"on"'],
  ["y", '"y"'],
  ["1e3", '"1e3"'],
  ["0o7", '"0o7"'],
  ["017", '"017"'],
  ["0b1", '"0b1"'],
  ["0x1F", '"0x1F"'],
  ["2026-11-21", '"2026-11-21"'],
  ["12:30", '"12:30"'],
  ["1_000", '"1_000"'],
  ["~", '"~"'],
  ["null", '"null"'],
  [".inf", '".inf"'],
  ["=", '"="'],
  ["<<", '"<<"'],
  ["", '""'],
  [" a", '" a"'],
  ["a ", '"a "'],
  ["a: b", '"a: b"'],
  ["a #b", '"a #b"'],
  ["a:", '"a:"'],
  ["- a", '"- a"'],
  ["...", '"..."'],
  ["{a}", '"{a}"'],
  ["a\tb", '"a\\tb"'],
  ["a\u0085b", '"a\\u0085b"'],
  ["a\u2028b", '"a\\u2028b"'],
  ["\ufeffa", '"\\ufeffa"'],
  ["*", '"*"'],
  ["openai/*", "openai/*"],
  ["https://a.example:443/x?y", "https://a.example:443/x?y"],
  ["os.environ/KEY", "os.environ/KEY"],
  ["30d", "30d"],
  ["two words", "two words"],
])("the text %j is written %s", (text, written) => {
  expect(renderConfig({ a: text })).toBe(`a: ${written}\n`);
  expect(renderConfig({ [text]: 1 })).toBe(`${written}: 1\n`);
});

test.each([
  [1e21, "1.0e+21"],
  [1e-7, "1.0e-7"],
  [1.5e-7, "1.5e-7"],
  [-1e-7, "-1.0e-7"],
  [-0, "-0.0"],
  [2 ** 53, "9007199254740992"],
  [0.1, "0.1"],
])("the number %p is written %s", (value, written) => {
  expect(renderConfig({ a: value })).toBe(`a: ${written}\n`);
});

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [() => 1], [Symbol("a")]])("%p cannot be rendered", (value) => {
  expect(() => renderConfig({ a: value })).toThrow(TypeError);
});

test("what is undefined is left out", () => {
  expect(renderConfig({ a: undefined, b: { c: undefined } })).toBe("b: {}\n");
});

test("a long text stays on its line, and a long name is marked as one", () => {
  const long = "word ".repeat(400).trim();
  expect(renderConfig({ a: long })).toBe(`a: ${long}\n`);
  expect(parse(renderConfig({ c: { [long]: { b: 1 }, d: 2 } }))).toEqual({ c: { [long]: { b: 1 }, d: 2 } });
});

test("a YAML 1.2 reader gets back what was rendered", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.constantFrom("on", "1e3", "~", "a: b", "-", "? a"),
  );
  const scalar = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(text, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(text, tree, { maxKeys: 4 }), (value) => {
      expect(parse(renderConfig(value))).toEqual(value);
    }),
    { numRuns: 100, seed: 20261121 },
  );
});
