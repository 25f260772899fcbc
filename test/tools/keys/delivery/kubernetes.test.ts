import { inspect } from "node:util";
import type { V1Secret } from "@kubernetes/client-node";
import { DeliveryError } from "../../../../tools/keys/delivery/destination";
import { kubernetesDestination } from "../../../../tools/keys/delivery/kubernetes";
import { KubernetesRefusal, type KubernetesSecrets } from "../../../../tools/keys/delivery/kubernetes-client";
import { SecretValue } from "../../../../tools/keys/plan";

const CANARY = "sk-canary-5b1e77a0c2d94f3e";
const about = { key: "ci-eval", owner: "platform", generation: 1 };
const place = placeOf("ci-eval");

function placeOf(key: string) {
  return { kubernetes: { namespace: "llm", name: "keys", key } };
}

/** Secrets of one namespace, with the rules of server-side apply that matter: field managers own entries. */
class FakeCluster implements KubernetesSecrets {
  readonly requests: string[] = [];
  readonly entries = new Map<string, { value: string; manager: string }>();
  annotations: Record<string, string> = {};
  refusal: KubernetesRefusal | undefined;

  async read(): Promise<V1Secret | undefined> {
    this.#asked("get");
    if (this.entries.size === 0) return undefined;
    const data = Object.fromEntries([...this.entries].map(([key, { value }]) => [key, value]));
    return { metadata: { annotations: { ...this.annotations } }, data };
  }

  async apply(secret: V1Secret, manager: string, force: boolean): Promise<void> {
    this.#asked("apply");
    const wanted = Object.entries(secret.data ?? {});
    const conflict = wanted.some(([key, value]) => {
      const there = this.entries.get(key);
      return there !== undefined && there.manager !== manager && there.value !== value;
    });
    if (conflict && !force) throw new KubernetesRefusal(409, "Conflict");
    for (const [key, entry] of this.entries)
      if (entry.manager === manager && secret.data?.[key] === undefined) this.entries.delete(key);
    for (const [key, value] of wanted) this.entries.set(key, { value, manager });
    this.annotations = { ...this.annotations, ...secret.metadata?.annotations };
  }

  byHand(key: string, value: string): void {
    this.entries.set(key, { value: Buffer.from(value).toString("base64"), manager: "kubectl-edit" });
  }

  valueOf(key: string): string {
    return Buffer.from(this.entries.get(key)?.value ?? "", "base64").toString();
  }

  #asked(verb: string): void {
    this.requests.push(verb);
    if (this.refusal) throw this.refusal;
  }
}

let cluster: FakeCluster;
const destination = () => kubernetesDestination({ connect: async () => cluster });

beforeEach(() => {
  cluster = new FakeCluster();
});

describe("a value on its way into a Kubernetes Secret", () => {
  test("arrives with its owner and token id, in one writing request", async () => {
    const value = new SecretValue(CANARY);

    await destination().put(place, value, about);

    expect(cluster.valueOf("ci-eval")).toBe(CANARY);
    expect(cluster.requests).toEqual(["get", "apply"]);
    expect(cluster.annotations).toEqual({
      "cdktf-litellm/owner.ci-eval": "platform",
      "cdktf-litellm/token-id.ci-eval": value.tokenId,
    });
  });

  test("is found again by its token id", async () => {
    expect(await destination().tokenIdAt(place, about)).toBeUndefined();
    await destination().put(place, new SecretValue(CANARY), about);

    expect(await destination().tokenIdAt(place, about)).toBe(new SecretValue(CANARY).tokenId);
  });

  test("may come twice, and be replaced by the next generation", async () => {
    const next = new SecretValue("sk-next-0123456789abcdef");

    await destination().put(place, new SecretValue(CANARY), about);
    await destination().put(place, new SecretValue(CANARY), about);
    await destination().put(place, next, { ...about, generation: 2 });

    expect(await destination().tokenIdAt(place, about)).toBe(next.tokenId);
  });

  test("leaves the secret's other entries alone, those of other keys and those of other people", async () => {
    cluster.byHand("password", "theirs");
    await destination().put(placeOf("one"), new SecretValue("sk-one-0123456789abcdef"), { ...about, key: "one" });
    await destination().put(placeOf("two"), new SecretValue("sk-two-0123456789abcdef"), { ...about, key: "two" });

    expect(["password", "one", "two"].map((key) => cluster.valueOf(key))).toEqual([
      "theirs",
      "sk-one-0123456789abcdef",
      "sk-two-0123456789abcdef",
    ]);
  });

  test("does not replace an entry that somebody else made", async () => {
    cluster.byHand("ci-eval", "theirs");

    await expect(destination().put(place, new SecretValue(CANARY), about)).rejects.toThrow(
      new DeliveryError("entry ci-eval of secret llm/keys is there already and was not delivered by this owner", ""),
    );
    expect(cluster.valueOf("ci-eval")).toBe("theirs");
    expect(await destination().tokenIdAt(place, about)).toBeUndefined();
  });

  test("does not replace what another owner delivered", async () => {
    await destination().put(place, new SecretValue("sk-theirs-0123456789abcdef"), { ...about, owner: "other" });

    await expect(destination().put(place, new SecretValue(CANARY), about)).rejects.toThrow(DeliveryError);
    expect(cluster.valueOf("ci-eval")).toBe("sk-theirs-0123456789abcdef");
  });

  test("loses to an entry that appears between the look and the writing", async () => {
    const racing: KubernetesSecrets = {
      read: async () => undefined,
      apply: (secret, manager, force) => {
        cluster.byHand("ci-eval", "theirs");
        return cluster.apply(secret, manager, force);
      },
    };

    await expect(
      kubernetesDestination({ connect: async () => racing }).put(place, new SecretValue(CANARY), about),
    ).rejects.toThrow(DeliveryError);
    expect(cluster.valueOf("ci-eval")).toBe("theirs");
  });

  test("is missed when somebody changed the entry by hand, and then put back", async () => {
    const value = new SecretValue(CANARY);
    await destination().put(place, value, about);
    cluster.byHand("ci-eval", "changed");

    expect(await destination().tokenIdAt(place, about)).not.toBe(value.tokenId);
    await destination().put(place, value, about);
    expect(cluster.valueOf("ci-eval")).toBe(CANARY);
  });

  test.each(["_", "a-", "x".repeat(200)])("has annotations that Kubernetes allows for an entry called %s", async (key) => {
    await destination().put(placeOf(key), new SecretValue(CANARY), about);

    for (const name of Object.keys(cluster.annotations))
      expect(name).toMatch(/^cdktf-litellm\/(?=.{1,63}$)[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/);
    expect(await destination().tokenIdAt(placeOf(key), about)).toBe(new SecretValue(CANARY).tokenId);
  });
});

describe("a refusal by Kubernetes", () => {
  test.each([
    [undefined, "no answer from the Kubernetes API for secret llm/keys (ECONNREFUSED)"],
    [401, "the Kubernetes API does not know who asks for secret llm/keys"],
    [403, "not allowed to get secret llm/keys"],
    [404, "there is no namespace llm for secret llm/keys"],
    [422, "Kubernetes cannot take the value into secret llm/keys (ECONNREFUSED)"],
    [500, "Kubernetes refused secret llm/keys (500 ECONNREFUSED)"],
  ])("with status %s says what is wrong and what to do, without the value", async (status, message) => {
    cluster.refusal = new KubernetesRefusal(status, "ECONNREFUSED");

    const error = await destination()
      .put(place, new SecretValue(CANARY), about)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: "DeliveryError", message, repair: expect.stringMatching(/./) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });
});
