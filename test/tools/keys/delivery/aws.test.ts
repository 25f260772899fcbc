import { createHash } from "node:crypto";
import { inspect } from "node:util";
import type { CreateSecretCommandInput, PutSecretValueCommandInput, Tag } from "@aws-sdk/client-secrets-manager";
import { awsDestination } from "../../../../tools/keys/delivery/aws";
import { AwsRefusal, type AwsSecrets } from "../../../../tools/keys/delivery/aws-client";
import { DeliveryError } from "../../../../tools/keys/delivery/destination";
import { SecretValue } from "../../../../tools/keys/plan";

const CANARY = "sk-canary-5b1e77a0c2d94f3e";
const about = { key: "ci-eval", owner: "platform", generation: 1 };
const whole = { awsSecretsManager: { name: "llm/ci-eval" } };
const field = (name: string) => ({ awsSecretsManager: { name: "llm/shared", field: name } });
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

interface FakeSecret {
  readonly versions: Map<string, string>;
  current: string | undefined;
  tags: Tag[];
  deleted?: Date;
}

/** Secrets Manager of one region: versions by the request's token, one of them current. */
class FakeAws implements AwsSecrets {
  readonly calls: string[] = [];
  readonly secrets = new Map<string, FakeSecret>();
  refusal: AwsRefusal | undefined;

  async describe(name: string) {
    const secret = this.#called("describe", name);
    if (!secret) return undefined;
    const stages = Object.fromEntries([...secret.versions.keys()].map((id) => [id, id === secret.current ? ["AWSCURRENT"] : []]));
    return { Tags: secret.tags, VersionIdsToStages: stages, ...(secret.deleted ? { DeletedDate: secret.deleted } : {}) };
  }

  async read(name: string) {
    const secret = this.#called("read", name);
    await new Promise(setImmediate);
    return secret?.versions.get(secret.current ?? "");
  }

  async create({ Name = "", SecretString = "", ClientRequestToken = "", Tags = [] }: CreateSecretCommandInput) {
    if (this.#called("create", Name)) throw new AwsRefusal("ResourceExistsException");
    this.secrets.set(Name, { versions: new Map([[ClientRequestToken, SecretString]]), current: ClientRequestToken, tags: Tags });
  }

  async putValue({ SecretId = "", SecretString = "", ClientRequestToken = "" }: PutSecretValueCommandInput) {
    const secret = this.#called("put", SecretId);
    if (!secret) throw new AwsRefusal("ResourceNotFoundException");
    const there = secret.versions.get(ClientRequestToken);
    if (there !== undefined && there !== SecretString) throw new AwsRefusal("ResourceExistsException");
    if (there === undefined) secret.current = ClientRequestToken;
    secret.versions.set(ClientRequestToken, SecretString);
    return { VersionStages: secret.current === ClientRequestToken ? ["AWSCURRENT"] : [] };
  }

  async tag(name: string, tags: readonly Tag[]) {
    const secret = this.#called("tag", name);
    if (secret) secret.tags = [...secret.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key)), ...tags];
  }

  byHand(name: string, text: string): void {
    const secret = this.secrets.get(name) ?? { versions: new Map(), current: undefined, tags: [] };
    const id = `0b7c3c2e-0000-4000-8000-${String(secret.versions.size).padStart(12, "0")}`;
    secret.versions.set(id, text);
    secret.current = id;
    this.secrets.set(name, secret);
  }

  empty(name: string): void {
    this.secrets.set(name, { versions: new Map(), current: undefined, tags: [] });
  }

  valueOf(name: string): string | undefined {
    const secret = this.secrets.get(name);
    return secret?.versions.get(secret.current ?? "");
  }

  #called(verb: string, name: string): FakeSecret | undefined {
    this.calls.push(`${verb} ${name}`);
    if (this.refusal) throw this.refusal;
    return this.secrets.get(name);
  }
}

let aws: FakeAws;
const destination = () => awsDestination({ connect: async () => aws });

beforeEach(() => {
  aws = new FakeAws();
});

describe("a value on its way into a secret of its own", () => {
  test("makes the secret where there is none, marked with its owner", async () => {
    await destination().put(whole, new SecretValue(CANARY), about);

    expect(aws.valueOf("llm/ci-eval")).toBe(CANARY);
    expect(aws.secrets.get("llm/ci-eval")?.tags).toEqual([{ Key: "cdktf-litellm:owner", Value: "platform" }]);
  });

  test("is found again by its token id, without being read", async () => {
    expect(await destination().tokenIdAt(whole, about)).toBeUndefined();
    await destination().put(whole, new SecretValue(CANARY), about);

    expect(await destination().tokenIdAt(whole, about)).toBe(new SecretValue(CANARY).tokenId);
    expect(aws.calls.filter((call) => call.startsWith("read"))).toEqual([]);
  });

  test("may come twice, and be replaced by the next generation", async () => {
    const next = new SecretValue("sk-next-0123456789abcdef");

    await destination().put(whole, new SecretValue(CANARY), about);
    await destination().put(whole, new SecretValue(CANARY), about);
    await destination().put(whole, next, { ...about, generation: 2 });

    expect(await destination().tokenIdAt(whole, about)).toBe(next.tokenId);
    expect(aws.secrets.get("llm/ci-eval")?.versions.size).toBe(2);
  });

  test("takes a secret that has no value yet, and claims it before it writes", async () => {
    aws.empty("llm/ci-eval");

    await destination().put(whole, new SecretValue(CANARY), about);

    expect(aws.valueOf("llm/ci-eval")).toBe(CANARY);
    expect(aws.calls.map((call) => call.split(" ")[0])).toEqual(["describe", "tag", "put"]);
  });

  test("stays ours when somebody takes the tag away", async () => {
    await destination().put(whole, new SecretValue(CANARY), about);
    (aws.secrets.get("llm/ci-eval") as FakeSecret).tags = [];
    const next = new SecretValue("sk-next-0123456789abcdef");

    await destination().put(whole, next, about);

    expect(await destination().tokenIdAt(whole, about)).toBe(next.tokenId);
  });

  test.each<[string, () => Promise<void>]>([
    ["a value that somebody else put there", async () => aws.byHand("llm/ci-eval", "theirs")],
    [
      "what another owner delivered",
      () => destination().put(whole, new SecretValue("sk-theirs-0123456789abcdef"), { ...about, owner: "other" }),
    ],
  ])("does not replace %s", async (_what, prepare) => {
    await prepare();
    const before = aws.valueOf("llm/ci-eval");

    await expect(destination().put(whole, new SecretValue(CANARY), about)).rejects.toThrow(
      "secret llm/ci-eval has a value already that was not delivered by this owner",
    );
    expect(aws.valueOf("llm/ci-eval")).toBe(before);
  });

  test("is missed when somebody changed the secret by hand", async () => {
    await destination().put(whole, new SecretValue(CANARY), about);
    aws.byHand("llm/ci-eval", "changed");

    expect(await destination().tokenIdAt(whole, about)).toBeUndefined();
  });

  test("does not pass for delivered where AWS ignores a version that it has had before", async () => {
    await destination().put(whole, new SecretValue(CANARY), about);
    aws.byHand("llm/ci-eval", "changed");

    await expect(destination().put(whole, new SecretValue(CANARY), about)).rejects.toThrow("has had this value before");
  });

  test("is not put into a secret that is being deleted", async () => {
    aws.empty("llm/ci-eval");
    (aws.secrets.get("llm/ci-eval") as FakeSecret).deleted = new Date(0);

    await expect(destination().put(whole, new SecretValue(CANARY), about)).rejects.toThrow("secret llm/ci-eval is being deleted");
  });
});

describe("a value on its way into a field", () => {
  test("leaves the other fields as they are", async () => {
    aws.byHand("llm/shared", '{"password":"theirs","port":5432}');

    await destination().put(field("ci-eval"), new SecretValue(CANARY), about);

    expect(JSON.parse(aws.valueOf("llm/shared") ?? "")).toEqual({ password: "theirs", port: 5432, "ci-eval": CANARY });
    expect(await destination().tokenIdAt(field("ci-eval"), about)).toBe(digest(CANARY));
  });

  test("does not lose another that is put at the same moment", async () => {
    const one = destination();
    const names = ["a", "b", "c", "d"];

    await Promise.all(names.map((name) => one.put(field(name), new SecretValue(`sk-${name}-0123456789abcdef`), about)));

    expect(Object.keys(JSON.parse(aws.valueOf("llm/shared") ?? ""))).toEqual(names);
  });

  test("still goes in after one that failed", async () => {
    const one = destination();
    aws.refusal = new AwsRefusal("InternalServiceError");
    const failing = one.put(field("a"), new SecretValue("sk-a-0123456789abcdef"), about);
    const next = failing.catch(() => {
      aws.refusal = undefined;
      return one.put(field("b"), new SecretValue(CANARY), about);
    });

    await expect(failing).rejects.toThrow(DeliveryError);
    await next;
    expect(JSON.parse(aws.valueOf("llm/shared") ?? "")).toEqual({ b: CANARY });
  });

  test("does not replace a field that somebody else made, and does not pass for it", async () => {
    aws.byHand("llm/shared", '{"ci-eval":"theirs"}');

    await expect(destination().put(field("ci-eval"), new SecretValue(CANARY), about)).rejects.toThrow(
      "field ci-eval of secret llm/shared has a value already",
    );
    expect(await destination().tokenIdAt(field("ci-eval"), about)).toBeUndefined();
  });

  test.each(["theirs", "[1]", '"text"', "null"])(
    "needs a JSON object, and does not quote what is there instead: %s",
    async (text) => {
      aws.byHand("llm/shared", text);

      await expect(destination().put(field("ci-eval"), new SecretValue(CANARY), about)).rejects.toThrow(
        new DeliveryError("secret llm/shared is not a JSON object, so it has no room for field ci-eval", ""),
      );
    },
  );
});

describe("a refusal by AWS", () => {
  test.each([
    ["AccessDeniedException", "not allowed to deliver to secret llm/ci-eval"],
    ["CredentialsProviderError", "AWS does not know who asks for secret llm/ci-eval (CredentialsProviderError)"],
    ["RegionMissing", "no AWS region for secret llm/ci-eval"],
    ["ResourceExistsException", "somebody else wrote to secret llm/ci-eval at the same moment"],
    ["InvalidParameterException", "AWS Secrets Manager refused secret llm/ci-eval (InvalidParameterException)"],
  ])("%s says what is wrong and what to do, without the value", async (reason, message) => {
    aws.refusal = new AwsRefusal(reason);

    const error = await destination()
      .put(whole, new SecretValue(CANARY), about)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: "DeliveryError", message, repair: expect.stringMatching(/./) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });
});
