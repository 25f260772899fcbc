#!/usr/bin/env node
import cluster from "node:cluster";
import { text } from "node:stream/consumers";
import { hashServiceKey } from "./identity";
import { type Asked, HELP, readArguments, readServiceKey, UsageError } from "./process/arguments";
import { onAuditLost } from "./process/audit-output";
import { checkReport } from "./process/check";
import { tuneEngine } from "./process/engine";
import type { Host } from "./process/host";
import { servePrimary } from "./process/primary";
import { onReload, onStop } from "./process/signals";
import { serveSingle } from "./process/single";
import { TOOL } from "./process/tool";
import { serveWorker } from "./process/worker";
import { loadSettings } from "./settings";

async function main(): Promise<number | undefined> {
  const asked = readArguments(process.argv.slice(2));
  switch (asked.action) {
    case "help":
      return print(HELP);
    case "version":
      return print(`${TOOL.version}\n`);
    case "hash-key":
      return print(`${hashServiceKey(readServiceKey(await text(process.stdin)))}\n`);
    case "check":
      return check(asked);
    case "serve":
      return serve(asked.config);
  }
}

function check({ config, format }: Extract<Asked, { action: "check" }>): number {
  const report = checkReport(config, loadSettings(config, process.env), format, process.stdout.isTTY && !process.env.NO_COLOR);
  process.stdout.write(report.text);
  return report.code;
}

/** Undefined while it serves: the process ends when nothing is left to do. */
async function serve(config: string): Promise<number | undefined> {
  tuneEngine();
  // Messages that nobody can read any more are no reason to serve nobody.
  process.stderr.on("error", () => undefined);
  if (cluster.isWorker) {
    serveWorker();
    return undefined;
  }
  const result = loadSettings(config, process.env);
  const report = checkReport(config, result, "text", process.stderr.isTTY);
  if (result.findings.length > 0) process.stderr.write(report.text);
  if (!result.loaded) return report.code;
  onAuditLost(process.stdout, fail);
  const host: Host = {
    stdout: process.stdout,
    stderr: process.stderr,
    load: () => loadSettings(config, process.env),
    onReload: (callback) => onReload(config, callback),
    onStop: (callback) => onStop(config, callback),
  };
  if (result.loaded.settings.workers > 1) await servePrimary(config, result.loaded, host);
  else await serveSingle(config, result.loaded, host);
  return undefined;
}

function print(what: string): number {
  process.stdout.write(what);
  return 0;
}

function fail(why: string, code = 1): void {
  process.stderr.write(`identity proxy: ${why}\n`);
  process.exit(code);
}

main().then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const { message } = error as Error;
    if (error instanceof UsageError) fail(`${message}\ntry --help`, 2);
    else fail(message);
  },
);
