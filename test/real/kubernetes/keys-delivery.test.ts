import { kubernetesRights } from "../../../core/keys";
import { SecretValue } from "../../../tools/keys/plan";
import { deliverInProcess } from "../../tools/keys/delivery/deliver-in-process";
import { describeReal } from "../support/real-part";
import { type ApiServer, apiServerParts, startApiServer } from "./api-server";

jest.setTimeout(180_000);

const about = { key: "ci-eval", owner: "platform", generation: 1 };
const placeOf = (name: string, key: string) => ({ kubernetes: { namespace: "llm", name, key } });
const order = (name: string, key: string, value: string) => ({ place: placeOf(name, key), value, about: { ...about, key } });
const value = (name: string) => `sk-${name}-0123456789abcdef`;
const secrets = "/api/v1/namespaces/llm/secrets";

describeReal("values in a real Kubernetes API", apiServerParts(), () => {
  let server: ApiServer;

  const deliver = (orders: readonly ReturnType<typeof order>[], user = "keys") =>
    deliverInProcess("kubernetes", orders, { KUBECONFIG: server.kubeconfig(user) });

  async function dataOf(name: string): Promise<Record<string, string>> {
    const { json } = await server.ask("GET", `${secrets}/${name}`);
    const data = Object.entries((json.data ?? {}) as Record<string, string>);
    return Object.fromEntries(data.map(([key, text]) => [key, Buffer.from(text, "base64").toString()]));
  }

  async function make(name: string, data: Record<string, string>, others: object = {}): Promise<void> {
    const body = { apiVersion: "v1", kind: "Secret", metadata: { name }, stringData: data, ...others };
    expect((await server.ask("POST", `${secrets}?fieldManager=kubectl-create`, body)).status).toBe(201);
  }

  beforeAll(async () => {
    server = await startApiServer(["keys"]);
    const [rights] = kubernetesRights(["new", "shared", "theirs", "fixed"].map((name) => placeOf(name, "any")));
    const metadata = { name: "keys", namespace: "llm" };
    const roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/llm";
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "keys" };
    const made = [
      await server.ask("POST", "/api/v1/namespaces", { metadata: { name: "llm" } }),
      await server.ask("POST", `${roles}/roles`, { metadata, rules: rights?.rules }),
      await server.ask("POST", `${roles}/rolebindings`, { metadata, roleRef, subjects: [{ kind: "User", name: "keys" }] }),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  afterAll(() => server?.stop());

  test("arrive with the least rights, are found again and replaced", async () => {
    const { lines, stderr } = await deliver([order("new", "ci-eval", value("one")), order("new", "ci-eval", value("two"))]);

    const [one, two] = ["one", "two"].map((name) => new SecretValue(value(name)).tokenId);
    expect({ lines, stderr }).toEqual({ lines: [{ after: one }, { before: one, after: two }], stderr: "" });
    expect(await dataOf("new")).toEqual({ "ci-eval": value("two") });
  });

  test("stand beside other entries, which stay as they are", async () => {
    await make("shared", { password: "theirs" });
    await deliver([order("shared", "a", value("a")), order("shared", "b", value("b")), order("shared", "a", value("c"))]);

    expect(await dataOf("shared")).toEqual({ password: "theirs", a: value("c"), b: value("b") });
  });

  test("arrive all when two processes write to one secret at once", async () => {
    await Promise.all(["x", "y", "z"].map((key) => deliver([order("shared", key, value(key))])));

    expect(await dataOf("shared")).toMatchObject({ x: value("x"), y: value("y"), z: value("z") });
  });

  test("do not replace an entry of somebody else", async () => {
    await make("theirs", { "ci-eval": "theirs" });

    const { lines } = await deliver([order("theirs", "ci-eval", value("ours"))]);

    expect(lines).toEqual([expect.objectContaining({ message: expect.stringContaining("was not delivered by this owner") })]);
    expect(await dataOf("theirs")).toEqual({ "ci-eval": "theirs" });
  });

  test("are put back over an entry of ours that was changed by hand", async () => {
    const data = { "ci-eval": Buffer.from("changed").toString("base64") };
    const { json } = await server.ask("GET", `${secrets}/new`);
    expect((await server.ask("PUT", `${secrets}/new?fieldManager=kubectl-edit`, { ...json, data })).status).toBe(200);

    await deliver([order("new", "ci-eval", value("three"))]);

    expect(await dataOf("new")).toEqual({ "ci-eval": value("three") });
  });

  test("do not go into a secret that is immutable", async () => {
    await make("fixed", {}, { immutable: true });

    const { lines } = await deliver([order("fixed", "ci-eval", value("ours"))]);

    expect(lines).toEqual([
      expect.objectContaining({ message: "Kubernetes cannot take the value into secret llm/fixed (Invalid)" }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(value("ours"));
  });

  test("do not go where no right was given", async () => {
    const { lines } = await deliver([order("unnamed", "ci-eval", value("ours"))]);

    expect(lines).toEqual([expect.objectContaining({ message: "not allowed to get secret llm/unnamed" })]);
  });

  test("need a namespace that is there", async () => {
    const place = { kubernetes: { namespace: "nowhere", name: "new", key: "ci-eval" } };

    const { lines } = await deliver([{ place, value: value("ours"), about }], "admin");

    expect(lines).toEqual([expect.objectContaining({ message: "there is no namespace nowhere for secret nowhere/new" })]);
  });
});
