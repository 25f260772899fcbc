import { Command, CommanderError } from "commander";
import { printableLines, TOOL } from "../../core/findings";
import { registerCheck } from "./commands/check";
import { registerExplain } from "./commands/explain";
import { registerImport } from "./commands/import";
import { registerInit } from "./commands/init";
import { registerKeys } from "./commands/keys";
import { registerLint } from "./commands/lint";
import { registerLocal } from "./commands/local";
import { registerRender } from "./commands/render";
import { registerState } from "./commands/state";
import { registerVersions } from "./commands/versions";
import { isExpectedFailure, showFailure } from "./failure";
import type { Finish, Io } from "./io";
import { UsageError } from "./usage-error";

/**
 * Runs one command line (without the interpreter and the script) and returns its exit code. Bad input never makes a stack
 * trace; a defect of the toolkit does.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const finish: Finish = (ended) => {
    code = ended;
  };
  try {
    await program(io, finish).parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isExpectedFailure(error)) throw error;
    showFailure(error, io);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** The commands, in the order in which the help lists them. */
const REGISTERED = [
  registerInit,
  registerImport,
  registerCheck,
  registerLint,
  registerRender,
  registerState,
  registerExplain,
  registerVersions,
  registerLocal,
  registerKeys,
];

function program(io: Io, finish: Finish): Command {
  const command = new Command(TOOL.name)
    .description("Checks, renders and runs LiteLLM gateways, each described by one YAML file.")
    .version(TOOL.version)
    // Of an error, a part is what the user wrote.
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(printableLines(text)),
    })
    .showHelpAfterError("run with --help for what is understood")
    .exitOverride();
  for (const register of REGISTERED) register(command, io, finish);
  for (const sub of command.commands) applySettings(sub, command);
  return command;
}

/** Sub-commands end and write as the program does. */
function applySettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const sub of command.commands) applySettings(sub, command);
}
