import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "../core/config";

/**
 * Tells a stack where its state lives. Always explicit: the engine's default writes an absolute path into the output,
 * and its command deletes state that lies in the output folder.
 *
 * @param projectFolder the project folder, relative to the folder that Terraform runs in
 */
export function addBackend(stack: TerraformStack, stackName: string, environment: Environment, projectFolder: string): void {
  const { state, name } = environment;
  if (state.kind === "local") {
    new LocalBackend(stack, { path: `${projectFolder}/.local/${name}/${stackName}.tfstate` });
    return;
  }
  const { bucket, region, key, kmsKeyId, profile } = state;
  new S3Backend(stack, { bucket, region, key: key ?? `${name}/${stackName}.tfstate`, encrypt: true, kmsKeyId, profile });
  // S3's own lock file; the engine's types know only the DynamoDB table that it replaces.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
