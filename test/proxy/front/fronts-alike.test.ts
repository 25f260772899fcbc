import { frontLines, fuzzFronts, isProven } from "../../../scripts/fuzz/fronts";

jest.setTimeout(120_000);

test("what the strict front takes of damaged requests, Node's parser takes alike", async () => {
  const counts = await fuzzFronts(1500, 1);
  expect([isProven(counts), frontLines(counts)]).toEqual([true, expect.anything()]);
});
