import { shownValue } from "../../../core/findings";

const KEY = "D7D5E8950595B5411D1ABBFF30D0E31198ED06995713082BA2473856C9000000";

test.each(["sha256", "existing"])(
  "what stands in the place of a key's hash, under %s, is not shown: it may be the key",
  (name) => {
    expect(shownValue(name, KEY)).toBe("a hidden value");
    expect(shownValue(name, 5)).toBe("5");
  },
);

test("elsewhere such a text is shown, cut", () => {
  expect(shownValue("description", KEY)).toContain(KEY.slice(0, 40));
});
