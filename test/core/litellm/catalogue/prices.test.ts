import { knownVersions, loadPrices } from "../../../../core/litellm";

const prices = loadPrices("1.108.10");

test("a version without a catalogue has no prices", () => {
  expect(loadPrices("1.0.0")).toBeUndefined();
});

test("a row has prices for a million tokens, context sizes and what the model can do", () => {
  expect(prices?.get("gpt-4o")).toEqual({
    name: "gpt-4o",
    provider: "openai",
    mode: "chat",
    flags: expect.arrayContaining(["function_calling", "vision"]),
    input: 2.5,
    output: 10,
    cacheRead: 1.25,
    maxInputTokens: 128_000,
    maxOutputTokens: 16_384,
    otherPrices: true,
  });
});

test("a model is found with its provider before its name", () => {
  expect(prices?.find("openai/gpt-4o")?.name).toBe("gpt-4o");
  expect(prices?.find("azure/gpt-4o")?.name).toBe("azure/gpt-4o");
  expect(prices?.find("openai/gpt-0")).toBeUndefined();
  expect(prices?.get("constructor")).toBeUndefined();
});

test.each(knownVersions())("the table of %s is large, without the row that explains the columns", (version) => {
  const table = loadPrices(version);
  expect(table?.names().length).toBeGreaterThan(2500);
  expect(table?.names()).not.toContain("sample_spec");
  const days = (table?.names() ?? []).map((name) => table?.get(name)?.deprecation).filter((day) => day !== undefined);
  for (const day of days) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test("a model that is priced by something else than tokens says so", () => {
  expect(prices?.get("whisper-1")).toMatchObject({ mode: "audio_transcription", otherPrices: true });
});
