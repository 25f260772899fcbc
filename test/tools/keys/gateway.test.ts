import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gatewayHttp, litellmGateway } from "../../../tools/keys/gateway";
import { SecretValue } from "../../../tools/keys/plan";
import { memoryHttp } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";

/** A gateway that answers in turn what it is told to; `reset` tears the connection down after it was heard. */
async function answering(...answers: readonly (number | "reset" | { status: number; retryAfter: string })[]) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      seen.push(`${request.method} ${request.url}`);
      const answer = answers[seen.length - 1] ?? 200;
      if (answer === "reset") return request.socket.destroy();
      const status = typeof answer === "number" ? answer : answer.status;
      const headers = typeof answer === "number" ? {} : { "retry-after": answer.retryAfter };
      response
        .writeHead(status, headers)
        .end(JSON.stringify(status === 200 ? { ok: true } : { error: { message: "no, sk-0123456789abcdef" } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const http = gatewayHttp({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signIn: "sk-sign-in-0123456789",
    wait,
  });
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { http, seen, waits, close };
}

test.each([429, 502, 503, 504, "reset"] as const)(
  "after %s a request is sent again, and waits longer each time",
  async (answer) => {
    const { http, seen, waits, close } = await answering(answer, answer, answer);

    expect(await http.post("/key/update", {})).toEqual({ ok: true });
    expect(seen).toHaveLength(4);
    expect(waits).toEqual([250, 500, 1000]);
    close();
  },
);

test("the gateway may say how long to wait", async () => {
  const { http, waits, close } = await answering({ status: 429, retryAfter: "3" });
  await http.get("/key/list");

  expect(waits).toEqual([3000]);
  close();
});

test("it gives up after six tries, and says so without a secret", async () => {
  const { http, seen, close } = await answering(...Array.from({ length: 9 }, () => 503));

  await expect(http.get("/key/list")).rejects.toThrow("/key/list answered 503: no, sk-(hidden)");
  expect(seen).toHaveLength(6);
  close();
});

test.each([400, 401, 403, 404, 409, 422, 500])("after %i a change is not sent again", async (status) => {
  const { http, seen, close } = await answering(status);

  await expect(http.post("/key/update", {})).rejects.toThrow(`answered ${status}`);
  expect(seen).toHaveLength(1);
  close();
});

test("a gateway that is not there is named, with the reason", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise((resolve) => server.close(resolve));
  const http = gatewayHttp({ url, signIn: "sk-x", wait: async () => {} });

  await expect(http.get("/key/list")).rejects.toThrow(`${url} does not answer /key/list: ECONNREFUSED`);
});

describe("the administration", () => {
  const lab = () => {
    const litellm = new MemoryLitellm(() => 0);
    return { litellm, gateway: litellmGateway(memoryHttp(litellm)) };
  };

  test("a key whose answer was lost is made once", async () => {
    const { litellm, gateway } = lab();
    const value = SecretValue.random();
    await gateway.createKey({ key_alias: "a" }, value);
    await gateway.createKey({ key_alias: "a" }, value);

    expect(litellm.tables.key.size).toBe(1);
    await expect(gateway.createKey({ key_alias: "a" }, SecretValue.random())).rejects.toThrow("already exists");
  });

  test("2501 keys are read in 26 pages, and none twice", async () => {
    const { litellm, gateway } = lab();
    for (let index = 0; index < 2501; index += 1) litellm.handle("POST", "/key/generate", { key: `sk-key-of-the-test-${index}` });
    let told = 0;
    const { keys } = await gateway.read((read) => {
      told = read;
    });

    expect(new Set(keys.map(({ id }) => id)).size).toBe(2501);
    expect(told).toBe(2501);
  });

  test.each(["key", "team", "user", "tag", "customer", "budget"] as const)(
    "a %s that is gone already is no error",
    async (kind) => {
      await expect(lab().gateway.delete(kind, "gone")).resolves.toBeUndefined();
    },
  );

  test("tags that clients sent are nobody's", async () => {
    const { litellm, gateway } = lab();
    litellm.tables.tag.set("sent", { name: "sent", models: null, description: "a spend tag" });

    expect((await gateway.read()).objects).toEqual([]);
  });
});

test("a value shows itself nowhere", () => {
  const value = SecretValue.random();
  const shown = [`${value}`, JSON.stringify({ value }), require("node:util").inspect({ value }, { depth: 9 }), String(value)];

  for (const text of shown) expect(text).not.toContain(value.reveal().slice(3));
  expect(value.reveal()).toMatch(/^sk-[\w-]{43}$/);
  expect(value.tokenId).toMatch(/^[0-9a-f]{64}$/);
});

describe("a redirect", () => {
  async function redirectingTo(location: (url: string) => string | undefined, status = 307) {
    let seen = 0;
    const server = createServer((request, response) => {
      seen += 1;
      const to = location(`http://${request.headers.host}`);
      request.resume().on("end", () => response.writeHead(status, to === undefined ? {} : { location: to }).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const waits: number[] = [];
    const http = gatewayHttp({ url, signIn: "sk-sign-in-0123456789", wait: async (time) => void waits.push(time) });
    const error = await http.get("/key/list").catch((refused) => refused);
    server.close();
    return { error, seen, waits };
  }

  test.each([301, 302, 303, 307, 308])("%i is not followed and not tried again, and the other host is named", async (status) => {
    const { error, seen, waits } = await redirectingTo(() => "https://user:pass-word-1@llm.example.org:8443/x?token=abc", status);

    expect({ seen, waits }).toEqual({ seen: 1, waits: [] });
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^\/key\/list is redirected to https:\/\/llm\.example\.org:8443, where the key is not sent$/,
      ),
      repair: "if that is the gateway, write keys: { url: https://llm.example.org:8443 }",
      status,
    });
    expect(JSON.stringify([error.message, error.repair])).not.toMatch(/pass-word-1|user|token/);
  });

  test.each([
    ["a path of the same host", "/login"],
    ["no place", undefined],
    ["what is no address", "http://"],
    ["another scheme", "javascript:alert(1)"],
  ])("to %s is that of a sign-in page", async (_what, location) => {
    const { error, seen } = await redirectingTo(() => location);

    expect(seen).toBe(1);
    expect(error.repair).toBe("see that the URL is LiteLLM's own, without a sign-in page before it");
  });
});

test.each(["sk-canary-sign-in\n0123456789", "sk-canary-sign-in-\u{1f511}", "sk-canary-sign-in\r"])(
  "a sign-in that no header can hold is named, and not shown: %j",
  async (signIn) => {
    const waits: number[] = [];
    const wait = async (time: number): Promise<void> => void waits.push(time);
    const error = await gatewayHttp({ url: "http://127.0.0.1:1", signIn, wait })
      .get("/key/list")
      .catch((refused) => refused);

    expect(error).toMatchObject({
      name: "GatewayError",
      message: "the key that is signed in with has characters that cannot be sent",
      repair: expect.stringContaining("without spaces"),
    });
    expect(waits).toEqual([]);
  },
);

describe("counts that cannot be", () => {
  async function listing(keys: (page: number) => object) {
    let asked = 0;
    const http = {
      get: async (path: string, query: Readonly<Record<string, string | number>> = {}) => {
        if (path !== "/key/list") return { teams: [], users: [], total: 0, total_pages: 0, budgets: [], tags: [], customers: [] };
        asked += 1;
        return JSON.parse(JSON.stringify(keys(Number(query.page))));
      },
      post: async () => null,
    };
    const error = await litellmGateway(http)
      .read()
      .catch((refused) => refused);
    return { error, asked: () => asked };
  }

  test.each([1e15, 2 ** 32, 100_001])("%d pages are not asked for", async (total_pages) => {
    const { error, asked } = await listing(() => ({ keys: [], total_count: 3, total_pages }));

    expect(error).toMatchObject({ name: "GatewayError", message: `/key/list says that it has ${total_pages} pages` });
    expect(asked()).toBe(1);
  });

  test.each([-1, 1.5, "7", {}])("total_pages %j is none of LiteLLM's", async (total_pages) => {
    const { error } = await listing(() => ({ keys: [], total_count: 0, total_pages }));

    expect(error).toMatchObject({ name: "GatewayError", message: "/key/list answered something that LiteLLM does not" });
  });

  test("a count that is never reached is said, and not called a change", async () => {
    const { error } = await listing(() => ({ keys: [{ token: "a" }], total_count: 1_000_000, total_pages: 1 }));

    expect(error).toMatchObject({ name: "GatewayError", message: "/key/list says that it has 1000000 and gives 1" });
  });

  test("a list that changes at every look is called so", async () => {
    let count = 5;
    const { error } = await listing(() => {
      count += 1;
      return { keys: [{ token: "a" }], total_count: count, total_pages: 1 };
    });

    expect(error.message).toBe("/key/list changes faster than it can be read");
  });
});

test("an answer without end is cut off", async () => {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
        response.once("drain", more);
      };
      more();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = gatewayHttp({ url, signIn: "sk-sign-in-0123456789", wait: async () => {}, largest: 1_000_000 });

  await expect(http.get("/key/list")).rejects.toThrow("/key/list answered more than 1000000 bytes");
  server.closeAllConnections();
  server.close();
});

describe("answers that LiteLLM does not give", () => {
  const VALUE = new SecretValue("sk-value-0123456789abcdef");
  const body = { key_alias: "a", metadata: {} };

  async function gatewayThatSays(text: string) {
    const server = createServer((request, response) => {
      request.resume().on("end", () => response.writeHead(200).end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { gateway: litellmGateway(gatewayHttp({ url, signIn: "sk-sign-in-0123456789" })), close: () => server.close() };
  }

  test.each([["<html>sign in</html>"], ["{}"], ["[null]"], [""]])("%j is no empty gateway", async (text) => {
    const { gateway, close } = await gatewayThatSays(text);

    await expect(gateway.read()).rejects.toThrow("something that LiteLLM does not");
    await expect(gateway.locks.list("")).rejects.toThrow("something that LiteLLM does not");
    close();
  });

  test.each([['"<html>sign in</html>"'], ["{}"], ['{"token_id":"another"}']])("%j makes no key", async (text) => {
    const { gateway, close } = await gatewayThatSays(text);

    await expect(gateway.createKey(body, VALUE)).rejects.toThrow("something that LiteLLM does not");
    close();
  });

  test("a key that LiteLLM made is taken", async () => {
    const { gateway, close } = await gatewayThatSays(JSON.stringify({ token_id: VALUE.tokenId }));

    await expect(gateway.createKey(body, VALUE)).resolves.toBeUndefined();
    close();
  });
});
