import { relative } from "node:path";
import { type Environment, loadEnvironment } from "../../../core/config";
import { asArgument } from "../../../core/findings";
import type { GatewayKeys } from "../../keys";
import { type Io, today } from "../io";
import { keysTarget } from "../keys-target";
import { refuse } from "../refuse";

/** Options of `keys rotate --master-key` and `--salt-key`. */
export interface ProcedureOptions {
  readonly masterKey?: boolean;
  readonly format: "text" | "json";
}

/** Prints how to change a key of the gateway itself: 1 where that is refused. */
export function printProcedure(file: string, { masterKey, format }: ProcedureOptions, io: Io): number {
  const loaded = loadEnvironment(file, today(io));
  if (!loaded.environment) return refuse(loaded, io);
  const { masterKeyProcedure, procedureText, saltKeyProcedure } = keysTarget();
  const { name, litellm, secrets } = loaded.environment;
  const [master, salt] = [secrets.LITELLM_MASTER_KEY, secrets.LITELLM_SALT_KEY];
  const about = {
    environment: name,
    file,
    version: litellm.version,
    ...changingMasterKey(loaded.environment, file, io),
    // Where the environment declares none, what it is deployed to makes one.
    hasSaltKey: true,
    isShared: master !== undefined && salt !== undefined && JSON.stringify(master) === JSON.stringify(salt),
  };
  const procedure = masterKey ? masterKeyProcedure(about) : saltKeyProcedure(about);
  io.stdout.write(format === "json" ? `${JSON.stringify(procedure, null, 2)}\n` : procedureText(procedure));
  return "refused" in procedure ? 1 : 0;
}

/** Where a new master key is written, and what brings it to the gateway: Terraform sees no values of secrets, so for `local` it is not a deploy. */
function changingMasterKey(
  { name, target, secrets }: Environment,
  file: string,
  { cwd }: Io,
): Pick<GatewayKeys, "deploy" | "source"> {
  const deploy = target === "local" ? `npx cdktf-litellm local up ${asArgument(file)}` : `npx cdktf deploy ${name}`;
  const place = secrets.LITELLM_MASTER_KEY;
  if (place === undefined) {
    const source =
      target === "local" ? `the file .local/${name}/secrets/LITELLM_MASTER_KEY` : "the secret that holds LITELLM_MASTER_KEY";
    return { deploy, source };
  }
  if ("env" in place) return { deploy, source: `where the variable ${place.env} is set (secrets.LITELLM_MASTER_KEY)` };
  if ("file" in place) return { deploy, source: `the file ${relative(cwd, place.file)} (secrets.LITELLM_MASTER_KEY)` };
  return { deploy, source: `the secret ${place.awsSecretsManager} in AWS Secrets Manager` };
}
