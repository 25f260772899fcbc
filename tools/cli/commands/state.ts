import type { Command } from "commander";
import { loadEnvironment } from "../../../core/config";
import { type Finish, type Io, today } from "../io";
import { plainFormat } from "../options";
import { refuse } from "../refuse";
import { UsageError } from "../usage-error";

type PlainFormat = "text" | "json";

export function registerState(program: Command, io: Io, finish: Finish): void {
  const state = program.command("state").description("Prepares where Terraform keeps its state.");
  state
    .command("init")
    .description("Makes the S3 bucket of an environment's state: versioned, encrypted, TLS only, no public access.")
    .argument("<environment.yaml>", "an environment with state: s3")
    .addOption(plainFormat())
    .addHelpText(
      "after",
      "\nMay run as often as one likes: what is right is left alone. AWS credentials come from where the AWS command takes them." +
        "\n\nExit codes: 0 the bucket is there and safe, 1 it cannot be made or used, 2 usage or unreadable file",
    )
    .action(async (file: string, options: { format: PlainFormat }) => finish(await init(file, options.format, io)));
}

async function init(file: string, format: PlainFormat, io: Io): Promise<number> {
  const loaded = loadEnvironment(file, today(io));
  if (!loaded.environment) return refuse(loaded, io);
  const { state } = loaded.environment;
  if (state.kind !== "s3") {
    throw new UsageError(
      `${file} keeps its state in a file of this checkout`,
      "write state: { s3: { bucket: ..., region: ... } }",
    );
  }
  const { bucket, region } = state;
  const { initStateBucket, s3Bucket, sdkFailure } = stateTool();
  try {
    const steps = await initStateBucket(state, s3Bucket(state));
    const plain = steps.map(({ what, changed }) => `  ${changed ? "set    " : "already"}  ${what}\n`).join("");
    const text = `${bucket} (${region})\n${plain}`;
    io.stdout.write(format === "json" ? `${JSON.stringify({ bucket, region, steps }, null, 2)}\n` : text);
    return 0;
  } catch (error) {
    throw sdkFailure(error, bucket) ?? error;
  }
}

/** Loaded when it is needed: no other command speaks with S3. */
function stateTool(): typeof import("../../state") {
  return require("../../state");
}
