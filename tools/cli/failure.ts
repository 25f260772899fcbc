import { printableLines } from "../../core/findings";
import type { Io } from "./io";
import { UsageError } from "./usage-error";

/** An error that a user can do something about: of this command, or of the machine that a gateway is to run on. */
interface ExpectedFailure extends Error {
  readonly repair?: string;
  readonly details?: readonly string[];
}

/** Errors of the products, which say what to do. */
const EXPECTED = new Set(["LocalError", "GatewayError", "DeliveryError", "StateError"]);

/** Whether an error is one that a user can do something about, and not a defect of the toolkit. */
export function isExpectedFailure(error: unknown): error is ExpectedFailure {
  // By name: loading the local target to know its class would cost every command more than its own work.
  return error instanceof UsageError || (error instanceof Error && EXPECTED.has(error.name));
}

/** Says what went wrong and what to do about it, on stderr. */
export function showFailure(error: ExpectedFailure, io: Io): void {
  const repair = error.repair ? [`  ${error.repair}`] : [];
  const details = (error.details ?? []).map((detail) => `  | ${detail}`);
  io.stderr.write(printableLines(`${[`error: ${error.message}`, ...repair, ...details].join("\n")}\n`));
}
