import { type Command, Option } from "commander";
import type { Io } from "../io";
import type { KeysRun } from "../keys-run";
import { keysTarget } from "../keys-target";
import { UsageError } from "../usage-error";

type ReportFormat = "text" | "json" | "md" | "csv";

interface ReportOptions {
  readonly destinations?: boolean;
  readonly spend?: boolean;
  readonly month?: string;
  readonly format: ReportFormat;
}

/** Does something with the keys of an environment file and ends with its exit code. */
export type WithKeys = (file: string, askAll: boolean, act: (run: KeysRun) => Promise<number>) => Promise<void>;

/** Registers `keys report`: who has keys for what, and what a month cost. */
export function registerReport(keys: Command, io: Io, withKeys: WithKeys): void {
  keys
    .command("report")
    .description(
      "Who has keys for what, what ends soon, is unused or reaches too far; with --spend what a month cost. Never a value.",
    )
    .argument("<environment.yaml>", "the environment")
    .option("--destinations", "ask Kubernetes and AWS too whether each value is where it was delivered")
    .option("--spend", "the spend of a month by team, user, tag and key")
    .option("--month <YYYY-MM>", "the month of --spend")
    .addOption(new Option("--format <format>", "how it is shown").choices(["text", "json", "md", "csv"]).default("text"))
    .addHelpText("after", "\nExit codes: 0 printed, 1 failure, 2 usage or unreadable file")
    .action(async (file: string, options: ReportOptions) => {
      refuseUnusable(options);
      io.endsSoon?.();
      await withKeys(file, options.destinations === true, (run) =>
        options.spend ? spend(run, options, io) : inventory(run, options, io),
      );
    });
}

function refuseUnusable({ spend: wantsSpend, month, format }: ReportOptions): void {
  if (!wantsSpend && month !== undefined) throw new UsageError("--month belongs to --spend", "add --spend");
  if (!wantsSpend && format === "csv")
    throw new UsageError("--format csv belongs to --spend", "use text, json or md, or add --spend");
  if (!wantsSpend) return;
  if (month === undefined || keysTarget().daysOfMonth(month) === undefined) {
    throw new UsageError(
      month === undefined ? "no month is named" : `${JSON.stringify(month)} is not a month`,
      "write it as --month 2026-10",
    );
  }
}

async function inventory({ options, settings, head }: KeysRun, { format }: ReportOptions, io: Io): Promise<number> {
  const { askDestinations, makeReport, renderKeyReport } = keysTarget();
  const current = await options.gateway.read(options.progress?.reading);
  const held = await askDestinations(options, current);
  const report = makeReport({ desired: settings.desired, current, owner: head.owner, now: io.now(), held });
  io.stdout.write(renderKeyReport(report, format === "csv" ? "text" : format));
  return 0;
}

async function spend({ http, settings }: KeysRun, { month = "", format }: ReportOptions, io: Io): Promise<number> {
  const { readSpend, renderSpend } = keysTarget();
  const keyNames = new Set(settings.desired.keys.map(({ name }) => name));
  const now = io.now();
  io.stdout.write(renderSpend(await readSpend(http, month, { now, keyNames }), format));
  return 0;
}
