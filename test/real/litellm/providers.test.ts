import { generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { DEFAULT_LITELLM_VERSION, loadEnvironment } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import { answerOf, type ProviderCall, type ProviderStub, providerUrl, startProviderStub } from "../../support/provider-stub";
import { deploymentsOf } from "../../support/provider-stub-config";
import { RealLitellm, type RealProxy } from "../../support/real-litellm";
import { Client, streamedTextOf, textOf } from "../../support/real-litellm-client";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { describeReal } from "../support/real-part";

jest.setTimeout(600_000);

const FILE = join(__dirname, "..", "..", "fixtures", "providers", "every-provider.yaml");
const GOOGLE_MODEL = "/v1/projects/example-project/locations/europe-west4/publishers/google/models/gemini-2.5-flash";

/** How each provider is asked: the path without a stream and with one, and the header that the credential comes in. */
interface Protocol {
  readonly path: string;
  readonly streamed: string;
  readonly credential: readonly [header: string, value: RegExp] | undefined;
}

const bearer = (name: string): readonly [string, RegExp] => ["authorization", new RegExp(`^Bearer ${name}-value$`)];
const chat = (path: string, credential: Protocol["credential"]): Protocol => ({ path, streamed: path, credential });

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  openai: chat("/v1/chat/completions", bearer("OPENAI_KEY")),
  anthropic: chat("/v1/messages", ["x-api-key", /^ANTHROPIC_KEY-value$/]),
  azure: chat("/openai/deployments/gpt-4-deployment/chat/completions", ["api-key", /^AZURE_KEY-value$/]),
  bedrock: {
    path: "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse",
    streamed: "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse-stream",
    credential: [
      "authorization",
      /^AWS4-HMAC-SHA256 Credential=BEDROCK_ACCESS_KEY-value\/\d{8}\/eu-central-1\/bedrock\/aws4_request/,
    ],
  },
  vertex: {
    path: `${GOOGLE_MODEL}:generateContent`,
    streamed: `${GOOGLE_MODEL}:streamGenerateContent`,
    credential: ["authorization", /^Bearer stub-access-token$/],
  },
  mistral: chat("/v1/chat/completions", bearer("MISTRAL_KEY")),
  openrouter: chat("/api/v1/chat/completions", bearer("OPENROUTER_KEY")),
  ollama: chat("/api/chat", undefined),
  custom: chat("/v1/chat/completions", bearer("CUSTOM_KEY")),
};

/** What follows the stub's address in a provider's own. */
const ADDRESS_PATHS: Readonly<Record<string, string>> = {
  openai: "/v1",
  mistral: "/v1",
  openrouter: "/api/v1",
  custom: "/v1",
  vertex: GOOGLE_MODEL,
};

const needs = litellmNeeds();

describeReal("LiteLLM reaches every provider by its own protocol", needs.litellm, () => {
  const masterKey = `sk-${randomUUID()}`;
  const loaded = loadEnvironment(FILE, "2026-11-21");
  let stub: ProviderStub;
  let litellm: RealLitellm;
  let proxy: RealProxy;
  let client: Client;

  beforeAll(async () => {
    stub = await startProviderStub();
    litellm = await RealLitellm.prepare(DEFAULT_LITELLM_VERSION, false);
    if (!loaded.environment) return;
    const { litellm: settings, secrets } = loaded.environment;
    const values = Object.fromEntries(Object.keys(secrets).map((name) => [name, secretFor(name, stub)]));
    proxy = await litellm.start({
      name: loaded.environment.name,
      config: renderConfig(settings.config),
      variables: settings.environment,
      secrets: { ...values, LITELLM_MASTER_KEY: masterKey },
      database: false,
    });
    client = new Client(proxy, masterKey);
  });

  afterAll(async () => {
    await proxy?.stop();
    await litellm?.close();
    await stub?.close();
  });

  it("from an environment file that has no finding", () => {
    expect(loaded.findings).toEqual([]);
    expect(deploymentsOf(loaded.environment?.litellm.config ?? {}).map(({ model_name }) => model_name)).toEqual(
      Object.keys(PROTOCOLS),
    );
  });

  describe.each(Object.entries(PROTOCOLS))("%s", (name, { path, streamed, credential }) => {
    const expected = (at: string): object => ({
      path: at,
      credential: credential ? expect.stringMatching(credential[1]) : undefined,
    });

    it("answers", async () => {
      const answer = await client.chat(name);
      expect({ status: answer.status, text: textOf(answer) }).toEqual({ status: 200, text: answerOf(name) });
      expect(asked(stub, name, credential?.[0])).toEqual(expected(path));
    });

    it("answers as a stream", async () => {
      const answer = await client.chat(name, { stream: true });
      expect({ status: answer.status, text: streamedTextOf(answer) }).toEqual({ status: 200, text: answerOf(name) });
      expect(asked(stub, name, credential?.[0])).toEqual(expected(streamed));
    });
  });
});

/** How a deployment's provider was asked last. */
function asked({ calls }: ProviderStub, deployment: string, header = ""): object {
  const last = calls.filter((call: ProviderCall) => call.deployment === deployment).at(-1);
  return { path: last?.path, credential: last?.headers[header] };
}

/** The value of a secret: an address at the stub, Google's account file, or something to tell from others. */
function secretFor(name: string, stub: ProviderStub): string {
  if (name === "VERTEX_CREDENTIALS") return serviceAccount(`${providerUrl(stub, "google")}/token`);
  const [, provider] = /^(.*)_ADDRESS$/.exec(name) ?? [];
  if (provider === undefined) return `${name}-value`;
  const deployment = provider.toLowerCase();
  return `${providerUrl(stub, deployment)}${ADDRESS_PATHS[deployment] ?? ""}`;
}

/** The file that Google gives out for a service account, with a key made up here. */
function serviceAccount(tokenUri: string): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return JSON.stringify({
    type: "service_account",
    project_id: "example-project",
    private_key_id: "made-up",
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    client_email: "gateway@example-project.iam.gserviceaccount.com",
    token_uri: tokenUri,
  });
}
