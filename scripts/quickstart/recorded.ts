import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { LocalError, type LocalStatus } from "../../tools/local";

/** On whom a request was booked. */
export interface Attribution {
  readonly user: string;
  readonly tags: readonly string[];
}

/** LiteLLM writes its log every `proxy_batch_write_at` seconds, 10 where the configuration says nothing. Milliseconds. */
const LIMIT = 30_000;
const LOOK_EVERY = 250;

/**
 * What LiteLLM's own log of spending says of a request.
 * @throws LocalError when nothing is written there in time
 */
export async function recorded(gateway: LocalStatus, id: string): Promise<Attribution> {
  const end = Date.now() + LIMIT;
  for (;;) {
    const row = (await spendRows(gateway, id))[0];
    // LiteLLM adds the client's program as a tag of its own.
    if (row) return { user: row.end_user, tags: row.request_tags.filter((tag) => !tag.startsWith("User-Agent:")) };
    if (Date.now() > end) {
      throw new LocalError("LiteLLM has not written down who asked", "look: npx cdktf-litellm local logs");
    }
    await setTimeout(LOOK_EVERY);
  }
}

async function spendRows(gateway: LocalStatus, id: string): Promise<{ end_user: string; request_tags: string[] }[]> {
  const key = gateway.masterKeyFile ? readFileSync(gateway.masterKeyFile, "utf8").trim() : (process.env.LITELLM_MASTER_KEY ?? "");
  const response = await fetch(`${gateway.url}/spend/logs?request_id=${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(30_000),
  });
  const rows: unknown = response.ok ? await response.json() : [];
  return Array.isArray(rows) ? rows : [];
}
