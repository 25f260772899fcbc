import type { Command } from "commander";
import { type KeysSettings, loadEnvironment } from "../../../core/config";
import { nearestName } from "../../../core/findings";
import type { Finish, Io } from "../io";
import { today } from "../io";
import { type KeysRun, type KeysRunOptions, keysRun } from "../keys-run";
import { keysTarget } from "../keys-target";
import { plainFormat } from "../options";
import { refuse } from "../refuse";
import { UsageError } from "../usage-error";
import { printProcedure } from "./keys-procedure";
import { registerReport } from "./keys-report";

type PlainFormat = "text" | "json";

/** Files are always looked at; a request for each key is something to ask for. */
const DESTINATIONS = ["--destinations", "ask Kubernetes and AWS too whether each value is where it was delivered"] as const;

/** Exit code of a plan that has something to do. */
const PENDING = 3;

export function registerKeys(program: Command, io: Io, finish: Finish): void {
  const keys = program
    .command("keys")
    .description("Virtual keys, teams, users, budgets, tags and customers, as the keys files say.");
  registerPlan(keys, io, finish);
  registerApply(keys, io, finish);
  registerReport(keys, io, (file, askAll, act) => withKeys(file, io, finish, { askAll }, act));
  registerRotate(keys, io, finish);
}

function registerPlan(keys: Command, io: Io, finish: Finish): void {
  keys
    .command("plan", { isDefault: true })
    .description("Says what apply would do, and changes nothing.")
    .argument("<environment.yaml>", "the environment")
    .option(...DESTINATIONS)
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 nothing to do, 3 changes pending, 1 failure, 2 usage or unreadable file")
    .action(async (file: string, { format, destinations }: ApplyOptions) => {
      io.endsSoon?.();
      await withKeys(file, io, finish, { askAll: destinations === true }, async (run) => {
        const { plan, planJson, planText } = keysTarget();
        const { plan: made } = await plan(run.options);
        io.stdout.write(format === "json" ? planJson(made, run.head) : planText(made, run.head));
        if (made.actions.length > 0) return PENDING;
        return made.notes.some(({ problem }) => problem) ? 1 : 0;
      });
    });
}

function registerApply(keys: Command, io: Io, finish: Finish): void {
  keys
    .command("apply")
    .description("Brings the gateway to what the keys files say, and delivers the values of new keys.")
    .argument("<environment.yaml>", "the environment")
    .option(...DESTINATIONS)
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 done, 1 failure, 2 usage or unreadable file")
    .action(async (file: string, { format, destinations }: ApplyOptions) => {
      await withKeys(file, io, finish, { askAll: destinations === true }, (run) => applyKeys(run, format, io));
    });
}

function registerRotate(keys: Command, io: Io, finish: Finish): void {
  keys
    .command("rotate")
    .description(
      "Gives keys a new value at once and blocks the old one: for an incident. Or prints how to change the gateway's own keys.",
    )
    .argument("<environment.yaml>", "the environment")
    .argument("[keys...]", "names of the keys, as in the keys file")
    .option("--now", "do it now: programs that have only the old value are refused")
    .option("--master-key", "print the steps for changing LITELLM_MASTER_KEY, or why it is not safe")
    .option("--salt-key", "print the steps for changing LITELLM_SALT_KEY, or why it is not safe")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 done, 1 failure or refused, 2 usage or unreadable file")
    .action(async (file: string, names: string[], options: RotateOptions) => {
      if (options.masterKey || options.saltKey) return finish(printProcedure(file, options, io));
      if (names.length === 0)
        throw new UsageError(
          "no key is named",
          "name the keys to rotate, for example: keys rotate environments/prod.yaml ci-eval --now",
        );
      if (!options.now)
        throw new UsageError(
          "keys that rotate get a new value from the first keys apply after their time",
          "for an incident add --now: it blocks the old values",
        );
      await withKeys(file, io, finish, { rotateNow: new Set(names) }, (run) => applyKeys(run, options.format, io));
    });
}

interface ApplyOptions {
  readonly format: PlainFormat;
  readonly destinations?: boolean;
}

interface RotateOptions {
  readonly now?: boolean;
  readonly masterKey?: boolean;
  readonly saltKey?: boolean;
  readonly format: PlainFormat;
}

async function applyKeys({ options, head }: KeysRun, format: PlainFormat, io: Io): Promise<number> {
  const { apply, appliedText, missedText, planJson } = keysTarget();
  const applied = await apply(options);
  const { plan, executed } = applied;
  io.stdout.write(format === "json" ? planJson(plan, head, executed) : appliedText(plan, executed, head));
  const missed = missedText(applied, options);
  for (const line of missed) io.stderr.write(`error: ${line}\n`);
  return missed.length > 0 || executed.failed.length > 0 || plan.notes.some(({ problem }) => problem) ? 1 : 0;
}

async function withKeys(
  file: string,
  io: Io,
  finish: Finish,
  options: KeysRunOptions,
  act: (run: KeysRun) => Promise<number>,
): Promise<void> {
  const loaded = loadEnvironment(file, today(io));
  if (!loaded.environment) return finish(refuse(loaded, io));
  const { environment } = loaded;
  // The keys of a cluster are refused by the check of the environment, so that only a local one has some.
  const run = environment.target === "local" ? keysRun(environment, file, io, options) : undefined;
  if (!run) throw new UsageError(`${file} has no keys`, "write keys: { files: <file> } in it");
  refuseUnknown([...(options.rotateNow ?? [])], run.settings);
  finish(await act(run));
}

function refuseUnknown(names: readonly string[], { desired }: KeysSettings): void {
  const known = desired.keys.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  throw new UsageError(
    `there is no key ${JSON.stringify(unknown)}`,
    near ? `did you mean ${near}?` : "name keys of the keys files",
  );
}
