import { type LocalEnvironment, loadEnvironment } from "../../../core/config";
import { claiming } from "../../../scripts/quickstart/claims";
import { letPeopleAsk } from "../../../scripts/quickstart/people";
import { StubGateway } from "../../../scripts/quickstart/stub-gateway";
import { showProxyAlone } from "../../../scripts/quickstart/without-litellm";
import { localFolders } from "../../../tools/local";
import { publicKey, signingKey, writeIssuer } from "../../../tools/local/issuer";
import { makeFolders } from "../../../tools/local/workplace";
import { tempProject } from "../../support/temp-project";
import { freePort } from "../../tools/local/fake-kit";

jest.setTimeout(60_000);

const project = tempProject();
let ports: number[] = [];

async function environment(): Promise<LocalEnvironment> {
  ports = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  const [litellm, api, issuer, operations] = ports;
  const file = project.write(
    "env.yaml",
    `name: local
target: local
litellm: { port: ${litellm}, config: { model_list: [{ model_name: gpt-demo, litellm_params: { model: openai/gpt-4o } }] } }
identityProxy:
  development: { port: ${issuer}, users: { alice: { groups: [engineering] }, bob: { groups: [sales] } } }
  listeners: [{ name: api, port: ${api}, identity: { development: {} } }]
  operations: { port: ${operations} }
`,
  );
  const loaded = loadEnvironment(file, "2026-11-21");
  if (loaded.environment?.target !== "local") throw new Error(JSON.stringify(loaded.findings));
  return loaded.environment;
}

test("without LiteLLM, two people ask through the proxy before a stub, and a forged claim changes nothing", async () => {
  const said: string[] = [];
  await showProxyAlone(await environment(), (text) => said.push(text));

  expect(said).toEqual([
    "\n  before a stub that stands where LiteLLM would:",
    '  alice (engineering)  asked gpt-demo: "a stub\'s answer"   recorded as alice@example.org, tag engineering',
    '  bob (sales)          asked gpt-demo: "a stub\'s answer"   recorded as bob@example.org, tag sales',
    "  bob, claiming to be alice in 3 headers and 4 body fields:   still bob@example.org, tag sales",
  ]);
  for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test("where requests are booked on somebody else, the demonstration says so and fails", async () => {
  const described = await environment();
  const folders = localFolders(project.folder, "local");
  makeFolders(folders);
  const { port, issuer, audience, users = {} } = described.identityProxy?.development ?? { port: 0, issuer: "", audience: "" };
  const mutable = Object.fromEntries(Object.entries(users).map(([name, user]) => [name, { ...user, groups: [...user.groups] }]));
  writeIssuer(folders, { port, issuer, audience, users: mutable, keys: [publicKey(signingKey(folders.secrets))] });
  const gateway = new StubGateway();
  await gateway.listen(ports[0] ?? 0);
  try {
    const asked = letPeopleAsk({
      environment: described,
      project: project.folder,
      url: `http://127.0.0.1:${ports[0]}`,
      attribution: (id) => gateway.attribution(id),
      say: () => {},
    });
    await expect(asked).rejects.toThrow("a request of alice was booked on nobody, no tag");
  } finally {
    gateway.close();
  }
});

test("the claims are what was announced: three headers and four members of the body", () => {
  const { headers, body } = claiming("alice@example.org", "engineering");

  expect([Object.keys(headers).length, Object.keys(body).length]).toEqual([3, 4]);
});
