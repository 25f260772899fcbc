import { answerFor, batchAnswerFor, ownError, transactionAnswerFor } from "../../../../tools/local/query-engine/answers";
import type { Translated } from "../../../../tools/local/query-engine/translate";

const record: Translated = { query: "", alias: "result", raw: false };
const raw: Translated = { query: "", alias: "result", raw: true };
const noDriverErrors = (): undefined => undefined;

test("an answer goes by the client's name, and its values lose their type tags", () => {
  const text = JSON.stringify({
    data: {
      findManyTeam: [
        {
          id: "a",
          at: { $type: "DateTime", value: "2026-01-01T00:00:00.000Z" },
          json: { $type: "Json", value: '{"$type":"x"}' },
          none: null,
        },
      ],
    },
  });

  expect(JSON.parse(answerFor(text, record, noDriverErrors))).toEqual({
    data: { result: [{ id: "a", at: "2026-01-01T00:00:00.000Z", json: '{"$type":"x"}', none: null }] },
  });
});

test("rows of the client's own SQL are passed on as they are written", () => {
  const rows = '{"columns":["a"],"types":["json"],"rows":[[{"n":12345678901234567890,"f":1.0,"$type":"x","value":1}]]}';

  expect(answerFor(`{"data":{"queryRaw":${rows}}}`, raw, noDriverErrors)).toBe(`{"data":{"result":${rows}}}`);
});

test("an error of the database is passed on as it is", () => {
  const errors = [
    { error: "KnownError", user_facing_error: { is_panic: false, message: "m", meta: { target: ["id"] }, error_code: "P2002" } },
  ];

  expect(JSON.parse(answerFor(JSON.stringify({ errors }), record, noDriverErrors))).toEqual({ errors });
  expect(JSON.parse(answerFor(JSON.stringify({ errors }), raw, noDriverErrors))).toEqual({ errors });
});

test("an error of the connection says that the server cannot be reached, in the driver's words", () => {
  const errors = [{ error: "x", user_facing_error: { is_panic: false, message: "x", meta: { id: 7 }, error_code: "P2036" } }];
  const driverErrors = (id: number): Error | undefined => (id === 7 ? new Error("connect ECONNREFUSED 127.0.0.1:1") : undefined);

  expect(JSON.parse(answerFor(JSON.stringify({ errors }), record, driverErrors))).toMatchObject({
    errors: [
      { user_facing_error: { error_code: "P1001", message: "Can't reach database server: connect ECONNREFUSED 127.0.0.1:1" } },
    ],
  });
});

test("a transaction that cannot be started for want of a connection says so too", () => {
  const text = JSON.stringify({ is_panic: false, message: "x", meta: { id: 0 }, error_code: "P2036" });

  expect(JSON.parse(transactionAnswerFor(text, () => new Error("gone")))).toMatchObject({
    message: "Can't reach database server: gone",
    error_code: "P1001",
  });
  expect(transactionAnswerFor('{"id":"a"}', noDriverErrors)).toBe('{"id":"a"}');
});

test("each answer of a batch goes by its own name", () => {
  const text =
    '{"batchResult":[{"data":{"updateOneTeam":{"at":{"$type":"BigInt","value":"9007199254740993"}}}},{"data":{"executeRaw":2}}]}';

  expect(JSON.parse(batchAnswerFor(text, [record, { ...raw, alias: "other" }], noDriverErrors))).toEqual({
    batchResult: [{ data: { result: { at: "9007199254740993" } } }, { data: { other: 2 } }],
  });
});

test("a batch that fails as a whole has no results", () => {
  const text = JSON.stringify({
    errors: [{ error: "x", user_facing_error: { is_panic: false, message: "x", error_code: "P2002" } }],
  });

  expect(JSON.parse(batchAnswerFor(text, [record], noDriverErrors))).toEqual(JSON.parse(text));
});

test("an error of the engine itself has the form that the client reads", () => {
  expect(JSON.parse(ownError(new Error("unknown model X")))).toEqual({
    errors: [
      {
        error: "unknown model X",
        user_facing_error: { is_panic: false, message: "unknown model X", meta: {}, error_code: "P2010" },
      },
    ],
  });
});
