import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Delivered } from "../../../../tools/keys/delivery/destination";

const DIST = join(__dirname, "..", "..", "..", "..", "dist", "tools", "keys");

/** Delivers as the built program would: reads from its input what to do, and says what came of it. */
const PROGRAM = `
const { inspect } = require("node:util");
const { readFileSync } = require("node:fs");
const { SecretValue } = require("${DIST}/plan");
const destinations = { kubernetes: require("${DIST}/delivery/kubernetes").kubernetesDestination, aws: require("${DIST}/delivery/aws").awsDestination };
const { to, deliveries } = JSON.parse(readFileSync(0, "utf8"));
(async () => {
  const destination = destinations[to]();
  for (const { place, value, about } of deliveries) {
    const before = await destination.tokenIdAt(place);
    await destination.put(place, new SecretValue(value), about);
    console.log(JSON.stringify({ before, after: await destination.tokenIdAt(place) }));
  }
})().catch((error) => console.log(JSON.stringify({ name: error.name, message: error.message, repair: error.repair, all: inspect(error, { depth: 9, showHidden: true }) })));
`;

/** One value, where it goes, and what is told about it. */
export interface DeliveryOrder {
  readonly place: object;
  readonly value: string;
  readonly about: Delivered;
}

/** What a process that delivered has printed: one line of JSON a delivery, or the error that ended it. */
export interface DeliveryOutcome {
  readonly lines: readonly Readonly<Record<string, string>>[];
  readonly stderr: string;
}

/** Runs deliveries one after the other in a process of their own, with the official clients. */
export async function deliverInProcess(
  to: "kubernetes" | "aws",
  deliveries: readonly DeliveryOrder[],
  environment: NodeJS.ProcessEnv,
): Promise<DeliveryOutcome> {
  const child = spawn(process.execPath, ["-e", PROGRAM], { env: { PATH: process.env.PATH, ...environment } });
  child.stdin.end(JSON.stringify({ to, deliveries }));
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].setEncoding("utf8").on("data", (text) => (texts[name] += text));
  await new Promise((resolve) => child.on("close", resolve));
  const lines = texts.stdout.split("\n").filter((line) => line !== "");
  return { lines: lines.map((line) => JSON.parse(line)), stderr: texts.stderr };
}
