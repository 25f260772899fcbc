import { get } from "node:http";
import { isAccepting } from "../postgres";
import { readSecretFile } from "./secret-source";
import type { Probe } from "./wanted";

/** Longer than LiteLLM takes to answer under full load, in milliseconds. */
const TIMEOUT = 5000;

/** Whether a part on this machine can be used right now. Never throws. */
export async function probePart(probe: Probe): Promise<boolean> {
  try {
    if (probe.kind === "postgres") return await isAccepting({ port: probe.port, password: readSecretFile(probe.passwordFile) });
    if (probe.kind === "http") return (await request(probe.port, probe.path)).status === 200;
    return await isLitellmReady(probe.port, probe.database);
  } catch {
    return false;
  }
}

/** LiteLLM 1.108.10 answers 200 with `"db":"connected"`, or `"db":"Not connected"` when it has no database. */
async function isLitellmReady(port: number, database: boolean): Promise<boolean> {
  const { status, body } = await request(port, "/health/readiness");
  if (status !== 200) return false;
  const answer: unknown = JSON.parse(body);
  if (typeof answer !== "object" || answer === null || !("db" in answer)) return !database;
  return !database || answer.db === "connected";
}

function request(port: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = get({ host: "127.0.0.1", port, path, agent: false, timeout: TIMEOUT }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error("no answer")));
    call.on("error", reject);
  });
}
