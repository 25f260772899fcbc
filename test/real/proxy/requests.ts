import { RawClient } from "../../proxy/support/raw-client";
import type { Attempt } from "./channels";
import type { TriedRoute } from "./routes";

/** Sends a request of a route through the identity proxy, with what the client claims; the result is the status. */
export async function request(port: number, route: TriedRoute, token: string, claim: Partial<Attempt>): Promise<number> {
  const query = claim.query ? `${route.target.includes("?") ? "&" : "?"}${claim.query}` : "";
  const headers = { ...claim.headers, authorization: `Bearer ${token}` };
  if (route.kind === "websocket") return await talk(port, `${route.target}${query}`, headers, route.body);
  const body = { ...route.body, ...claim.body };
  const form = route.kind === "form";
  const response = await fetch(`http://127.0.0.1:${port}${route.target}${query}`, {
    method: "POST",
    headers: { ...headers, ...(!form && { "content-type": "application/json" }) },
    body: form ? formOf({ ...body, ...claim.fields }) : JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

/** A batch of one request; routes for pictures and sounds do not look inside. */
const UPLOAD = `${JSON.stringify({ custom_id: "1", method: "POST", url: "/v1/chat/completions", body: { model: "gpt-4o", messages: [] } })}\n`;

/** Members as fields: what is not text becomes JSON text. */
function formOf(members: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(members)) {
    if (name.startsWith("@")) form.set(name.slice(1), new Blob([UPLOAD]), String(value));
    else form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

/** Opens a WebSocket, sends one frame and waits for the finished answer. */
async function talk(port: number, target: string, headers: Readonly<Record<string, string>>, frame: object): Promise<number> {
  const client = await RawClient.open(port);
  const handshake = { host: "p", connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const lines = Object.entries({ ...handshake, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", ...headers });
  const text = lines.map(([name, value]) => `${name}: ${value}`).join("\r\n");
  client.send(`GET ${target.replaceAll('"', "%22").replaceAll("{", "%7B").replaceAll("}", "%7D")} HTTP/1.1\r\n${text}\r\n\r\n`);
  const answer = await client.until(/\r\n\r\n/);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  if (status === 101) {
    client.send(masked(1, JSON.stringify(frame)));
    await client.until(/response\.done/);
    client.send(masked(8, "\u0003\u00e8"));
    await client.untilClosed();
  }
  client.destroy();
  return status;
}

/** A frame as a client sends it, with a mask of zeros. */
function masked(opcode: number, text: string): Buffer {
  const data = Buffer.from(text, "latin1");
  if (data.length > 125) throw new Error("the frame is too long");
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | data.length, 0, 0, 0, 0]), data]);
}
