import { frontLines, fuzzFronts, isProven } from "../../../scripts/fuzz/fronts";

jest.setTimeout(30_000);

test("what the strict front takes of damaged requests, Node's parser takes alike", async () => {
  const counts = await fuzzFronts(5000, 1);
  expect([isProven(counts), frontLines(counts)]).toEqual([true, expect.anything()]);
});
