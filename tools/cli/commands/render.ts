import type { Command } from "commander";
import { loadEnvironment } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import { type Finish, type Io, today } from "../io";
import { plainFormat } from "../options";
import { refuse } from "../refuse";

export function registerRender(program: Command, io: Io, finish: Finish): void {
  program
    .command("render")
    .description("Prints LiteLLM's config.yaml for an environment: the same bytes for the same input, on every machine.")
    .argument("<environment.yaml>", "the environment")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 rendered, 1 the environment has errors, 2 usage or unreadable file")
    .action((file: string, options: { format: "text" | "json" }) => finish(render(file, options.format, io)));
}

function render(file: string, format: "text" | "json", io: Io): number {
  const loaded = loadEnvironment(file, today(io));
  const { environment } = loaded;
  if (!environment) return refuse(loaded, io);
  const { config } = environment.litellm;
  io.stdout.write(format === "json" ? `${JSON.stringify(config, null, 2)}\n` : renderConfig(config));
  return 0;
}
