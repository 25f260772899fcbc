import { join } from "node:path";
import { z } from "zod";
import { settingsSchema } from "../../proxy/src/settings";

/** A generated file: where it belongs, and its text. */
export interface GeneratedDocument {
  readonly file: string;
  readonly text: string;
}

/** What editors and pipelines check the settings of the identity proxy with. What two settings say together is only known to `--check`. */
export function proxyDocuments(): GeneratedDocument[] {
  const schema = z.toJSONSchema(settingsSchema, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
  const titled = { $schema: schema.$schema, title: "Settings of litellm-identity-proxy", ...schema };
  return [{ file: join("proxy", "identity-proxy.schema.json"), text: `${JSON.stringify(titled, null, 2)}\n` }];
}
