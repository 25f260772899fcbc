import { readArguments, readServiceKey, UsageError } from "../../../proxy/src/process/arguments";

const KEY = "kJ8sPq2L+/mN4vXz7=";

it.each(["", "\n", "\r\n"])("a service key with %j behind it is the key", (end) => {
  expect(readServiceKey(`${KEY}${end}`)).toBe(KEY);
});

/** What stands on standard input, and what the message says of it. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ["nothing", "", "is empty"],
  ["an empty line", "\n", "is empty"],
  ["a space before it", ` ${KEY}`, "holds white space"],
  ["a space behind it", `${KEY} \n`, "holds white space"],
  ["a tab", `${KEY}\t${KEY}`, "holds white space"],
  ["two lines", `${KEY}\n${KEY}\n`, "holds white space"],
  ["an empty line behind it", `${KEY}\n\n`, "holds white space"],
  ["a control character", `${KEY}\u0007`, "holds a control character"],
  ["a letter that no header can carry", `${KEY}ü`, "holds a character outside ASCII"],
  ["a byte order mark", `\ufeff${KEY}`, "holds a character outside ASCII"],
  ["more than a client may send", KEY.repeat(1000), "is longer than 16,384 characters"],
];

it.each(REFUSED)("a service key with %s is refused, and not shown", (_what, text, message) => {
  const read = (): string => readServiceKey(text);
  expect(read).toThrow(UsageError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(KEY);
});

it("a service key among the arguments is refused, and not shown", () => {
  const read = () => readArguments(["--hash-key", KEY]);
  expect(read).toThrow(UsageError);
  expect(read).toThrow("a service key is read from standard input");
  expect(() => readArguments([`--hash-key=${KEY}`])).not.toThrow(KEY);
});
