import { closes } from "./support/closes";

// The one header that general_settings.user_header_name names may be any (V-05).
closes("the header of user_header_name", {
  passes: { "a header of the OpenAI SDK": { headers: ["openai-beta: assistants=v2"], arrives: beta } },
  drops: { "any other header": { headers: ["x-my-user: mallory"] } },
});

function beta({ headers }: { headers: Readonly<Record<string, readonly string[]>> }): void {
  expect(headers["openai-beta"]).toEqual(["assistants=v2"]);
}
