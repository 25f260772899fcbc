import type { LocalStatus, PartStatus } from "./status";

/** The status for a person: the first line answers whether the gateway works. */
export function statusText(status: LocalStatus): string {
  const rows = [...status.parts.map(partRow), supervisorRow(status)];
  const missing = status.missing.map(({ part, problem, repair }) => `  - ${part.padEnd(14)} ${problem}; ${repair}`);
  return [headline(status), "", ...rows, ...missing, "", ...places(status), ""].join("\n");
}

function headline(status: LocalStatus): string {
  if (status.supervisor.state === "stopped") return `${status.name}: stopped`;
  const where = status.url === undefined ? "is not started yet" : `on ${status.url}`;
  const proxy = status.proxyUrl === undefined ? "" : `, identity proxy on ${status.proxyUrl}`;
  const litellm = `LiteLLM ${status.litellmVersion} ${where}${proxy}`;
  if (status.ok) return `${status.name}: ready, ${litellm}`;
  if (status.supervisor.state === "dead") {
    const serving = status.parts.some(({ name, state }) => name === "litellm" && state === "running");
    return `${status.name}: ${serving ? "serving" : "not serving"}, but nobody looks after it; run local up again`;
  }
  return `${status.name}: not ready, ${litellm}`;
}

function partRow(part: PartStatus): string {
  const facts = [
    part.state,
    part.restarts > 0 ? `restarted ${part.restarts === 1 ? "once" : `${part.restarts} times`}` : "",
    part.lastExit ? `last end: ${part.lastExit.reason} at ${part.lastExit.at}` : "",
    part.pid === undefined ? "" : `process ${part.pid} since ${part.since}`,
    `127.0.0.1:${part.port}`,
  ];
  return `  ${part.state === "running" ? "✔" : "✘"} ${part.name.padEnd(14)} ${facts.filter(Boolean).join(", ")}`;
}

function supervisorRow({ supervisor }: LocalStatus): string {
  const process = supervisor.pid === undefined ? "" : `, process ${supervisor.pid} since ${supervisor.since}`;
  return `  ${supervisor.state === "running" ? "✔" : "-"} ${"supervisor".padEnd(14)} ${supervisor.state}${process}`;
}

function places(status: LocalStatus): string[] {
  const lines: [string, string | undefined][] = [
    ["config", status.config],
    ["master key", status.masterKeyFile],
    ["logs", status.supervisor.log.replace(/supervisor\.log$/, "")],
    ["everything", status.folder],
    ["cache", status.cache],
  ];
  return lines.flatMap(([name, path]) => (path === undefined ? [] : [`  ${name.padEnd(14)} ${path}`]));
}
