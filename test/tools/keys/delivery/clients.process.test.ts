import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SecretValue } from "../../../../tools/keys/plan";
import { tempProject } from "../../../support/temp-project";
import { deliverInProcess } from "./deliver-in-process";

jest.setTimeout(60_000);

const CANARY = "sk-canary-5b1e77a0c2d94f3e";
const about = { key: "ci-eval", owner: "platform", generation: 1 };
const project = tempProject();

interface Seen {
  readonly method: string | undefined;
  readonly url: string;
  readonly type: string | undefined;
  readonly action: string | undefined;
  readonly body: string;
}

let seen: Seen[];
let server: Server;
let answer: (request: Seen) => [status: number, body: object];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const part of request) body += part;
  const { method, url = "", headers } = request;
  const one = { method, url, type: headers["content-type"], action: String(headers["x-amz-target"] ?? ""), body };
  seen.push(one);
  const [status, json] = answer(one);
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(json));
}

function port(): number {
  return (server.address() as AddressInfo).port;
}

describe("the official Kubernetes client", () => {
  const place = { kubernetes: { namespace: "llm", name: "keys", key: "ci-eval" } };
  const path = "/api/v1/namespaces/llm/secrets/keys";
  const refusal = (code: number, reason: string) => ({
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    code,
    reason,
    message: CANARY,
  });

  function deliver(): ReturnType<typeof deliverInProcess> {
    const kubeconfig = project.write(
      "kubeconfig",
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "test",
        // Without the switch the client refuses plain HTTP, even on loopback.
        clusters: [{ name: "test", cluster: { server: `http://127.0.0.1:${port()}`, "insecure-skip-tls-verify": true } }],
        users: [{ name: "test", user: { token: "test" } }],
        contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
      }),
    );
    return deliverInProcess("kubernetes", [{ place, value: CANARY, about }], { KUBECONFIG: kubeconfig });
  }

  test("sends one server-side apply of one entry, and is silent", async () => {
    let stored: object | undefined;
    answer = ({ method, body }) => {
      if (method === "PATCH") stored = JSON.parse(body);
      return stored ? [200, stored] : [404, refusal(404, "NotFound")];
    };

    const { lines, stderr } = await deliver();

    expect({ lines, stderr }).toEqual({ lines: [{ after: new SecretValue(CANARY).tokenId }], stderr: "" });
    const [patch, ...others] = seen.filter(({ method }) => method !== "GET");
    expect(others).toEqual([]);
    expect(patch).toMatchObject({
      url: `${path}?fieldManager=cdktf-litellm%2Fci-eval&force=false`,
      type: "application/apply-patch+yaml",
    });
    expect(JSON.parse(patch?.body ?? "")).toMatchObject({
      kind: "Secret",
      metadata: { annotations: { "cdktf-litellm/owner.ci-eval": "platform" } },
      data: { "ci-eval": Buffer.from(CANARY).toString("base64") },
    });
  });

  test.each([
    [403, "Forbidden", "not allowed to create and patch secret llm/keys"],
    [422, "Invalid", "Kubernetes cannot take the value into secret llm/keys (Invalid)"],
  ])("shows nothing of a refusal with %s that quotes the value", async (status, reason, message) => {
    answer = ({ method }) => (method === "GET" ? [404, refusal(404, "NotFound")] : [status, refusal(status, reason)]);

    const { lines, stderr } = await deliver();

    expect(lines).toEqual([expect.objectContaining({ name: "DeliveryError", message })]);
    expect(JSON.stringify(lines) + stderr).not.toContain(CANARY);
  });

  test("asks again while the API server is busy", async () => {
    let busy = 2;
    answer = ({ method, body }) => {
      if (busy-- > 0) return [429, refusal(429, "TooManyRequests")];
      return method === "PATCH" ? [200, JSON.parse(body)] : [404, refusal(404, "NotFound")];
    };

    expect((await deliver()).lines).toEqual([{}]);
    expect(seen.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "GET", "PATCH", "GET"]);
  });

  test.each([
    ["no cluster is configured", {}, "no Kubernetes cluster is configured here"],
    [
      "the values would travel unencrypted",
      { clusters: [{ name: "test", cluster: { server: "http://cluster.example:8080" } }] },
      "the Kubernetes cluster is reached without encryption",
    ],
  ])("is not used where %s", async (_what, changes, message) => {
    const contexts = [{ name: "test", context: { cluster: "test", user: "test" } }];
    const config = { apiVersion: "v1", kind: "Config", "current-context": "test", contexts, ...changes };
    const KUBECONFIG = project.write("other-kubeconfig", JSON.stringify(config));

    const { lines } = await deliverInProcess("kubernetes", [{ place, value: CANARY, about }], { KUBECONFIG });

    expect(lines).toEqual([expect.objectContaining({ name: "DeliveryError", message })]);
  });

  test("does not quote a kubeconfig that cannot be read", async () => {
    const KUBECONFIG = project.write("broken-kubeconfig", `users: [{token: ${CANARY}\n`);

    const { lines, stderr } = await deliverInProcess("kubernetes", [{ place, value: CANARY, about }], { KUBECONFIG });

    expect(lines).toEqual([expect.objectContaining({ message: "the kubeconfig cannot be read" })]);
    expect(JSON.stringify(lines) + stderr).not.toContain(CANARY);
  });
});

describe("the official AWS SDK", () => {
  const place = { awsSecretsManager: { name: "llm/ci-eval", region: "eu-central-1" } };
  const deliver = (changes: NodeJS.ProcessEnv = {}) =>
    deliverInProcess("aws", [{ place, value: CANARY, about }], {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port()}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      HOME: project.folder,
      ...changes,
    });

  test("makes the secret in one request, and is silent, also about the version of Node", async () => {
    const versions: Record<string, string[]> = {};
    answer = ({ action, body }) => {
      if (action?.endsWith("CreateSecret")) versions[JSON.parse(body).ClientRequestToken] = ["AWSCURRENT"];
      const there = Object.keys(versions).length > 0;
      return there ? [200, { VersionIdsToStages: versions }] : [400, { __type: "ResourceNotFoundException" }];
    };

    const { lines, stderr } = await deliver();

    expect({ lines, stderr }).toEqual({ lines: [{ after: new SecretValue(CANARY).tokenId }], stderr: "" });
    expect(seen.map(({ action }) => action?.split(".")[1])).toEqual([
      "DescribeSecret",
      "DescribeSecret",
      "CreateSecret",
      "DescribeSecret",
    ]);
  });

  test("shows nothing of a refusal that quotes the value", async () => {
    answer = ({ action }) =>
      action?.endsWith("CreateSecret")
        ? [400, { __type: "ValidationException", message: `Value '${CANARY}' at 'secretString' failed` }]
        : [400, { __type: "ResourceNotFoundException" }];

    const { lines, stderr } = await deliver();

    expect(lines).toEqual([
      expect.objectContaining({
        name: "DeliveryError",
        message: "AWS Secrets Manager refused secret llm/ci-eval (ValidationException)",
      }),
    ]);
    expect(JSON.stringify(lines) + stderr).not.toContain(CANARY);
  });

  test("says what is missing where there are no credentials", async () => {
    const { lines } = await deliver({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });

    expect(lines).toEqual([
      expect.objectContaining({ message: "AWS does not know who asks for secret llm/ci-eval (CredentialsProviderError)" }),
    ]);
  });

  test("says what is missing where no region is named", async () => {
    const here = { awsSecretsManager: { name: "llm/ci-eval" } };
    const environment = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", HOME: project.folder };

    const { lines } = await deliverInProcess("aws", [{ place: here, value: CANARY, about }], environment);

    expect(lines).toEqual([expect.objectContaining({ message: "no AWS region for secret llm/ci-eval" })]);
  });
});
