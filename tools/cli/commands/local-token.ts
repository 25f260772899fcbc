import { type Command, InvalidArgumentError } from "commander";
import { nearestName } from "../../../core/findings";
import { environmentName } from "../environment-name";
import type { Finish, Io } from "../io";
import { localTarget } from "../local-target";
import { plainFormat } from "../options";
import { UsageError } from "../usage-error";

interface TokenFlags {
  readonly name: string;
  readonly minutes: number;
  readonly format: "text" | "json";
}

/** A working day: whoever starts an agent in the morning need not start it again. */
const DEFAULT_MINUTES = 480;
const MOST_MINUTES = 10_080;

/** `local token <user>`: what an identity provider would hand out, on stdout and nowhere else. */
export function registerToken(local: Command, io: Io, finish: Finish): void {
  local
    .command("token")
    .description("Prints a token of a development user, for use as an API key of the identity proxy.")
    .argument("<user>", "a name under identityProxy.development.users")
    .option("--name <name>", "name of the environment", "local")
    .option("--minutes <minutes>", "how long the token is valid", minutes, DEFAULT_MINUTES)
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 printed, 1 the environment was not brought up with users, 2 usage or unknown user")
    .action(async (user: string, flags: TokenFlags) => {
      const place = { project: io.cwd, name: environmentName(flags.name, io) };
      const { developmentUsers, userToken } = localTarget();
      refuseUnknown(user, developmentUsers(place));
      const token = await userToken({ ...place, user, now: io.now(), minutes: flags.minutes });
      io.stdout.write(flags.format === "json" ? `${JSON.stringify({ user, minutes: flags.minutes, token })}\n` : `${token}\n`);
      finish(0);
    });
}

/** @throws UsageError with the nearest name */
function refuseUnknown(user: string, known: readonly string[]): void {
  if (known.includes(user)) return;
  const near = nearestName(user, known);
  throw new UsageError(
    `there is no development user ${JSON.stringify(user)}`,
    near ? `did you mean ${near}?` : `there are: ${known.join(", ")}`,
  );
}

function minutes(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_MINUTES) return Number(text);
  throw new InvalidArgumentError(`expected a whole number of minutes from 1 to ${MOST_MINUTES}`);
}
