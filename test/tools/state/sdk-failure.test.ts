import { sdkFailure } from "../../../tools/state";

function errorOf(name: string, more: object = {}): Error {
  return Object.assign(new Error("words of AWS"), { name, ...more });
}

test.each([
  ["no credentials", errorOf("CredentialsProviderError"), /no AWS credentials/],
  ["a refusal", errorOf("AccessDenied", { $metadata: {} }), /AWS refuses: words of AWS/],
  ["no way to AWS", errorOf("Error", { code: "ECONNREFUSED" }), /S3 cannot be asked/],
])("%s is something that a user can do about", (_title, error, message) => {
  expect(sdkFailure(error, "states")?.message).toMatch(message);
  expect(sdkFailure(error, "states")?.repair).not.toBe("");
});

test("a defect of ours stays one", () => {
  expect(sdkFailure(new TypeError("undefined is not a function"), "states")).toBeUndefined();
});
