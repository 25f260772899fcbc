import { join } from "node:path";
import * as z from "zod";
import { settingsSchema } from "../../proxy/src/settings";
import { channelsPage } from "./channels-page";
import { releases } from "./releases";
import { settingDocs } from "./setting-docs";
import { type SettingSchema, settingsPage } from "./settings-page";

/** A generated file: where it belongs, and its text. */
export interface GeneratedDocument {
  readonly file: string;
  readonly text: string;
}

/**
 * What editors and pipelines check the settings of the identity proxy with (what two settings say together is only known to
 * `--check`), and what the proxy ships of each LiteLLM release.
 */
export function proxyDocuments(): GeneratedDocument[] {
  const schema = z.toJSONSchema(settingsSchema, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
  const titled = { $schema: schema.$schema, title: "Settings of litellm-identity-proxy", ...schema };
  return [
    { file: join("proxy", "identity-proxy.schema.json"), text: `${JSON.stringify(titled, null, 2)}\n` },
    {
      file: join("proxy", "src", "routes", "data", "releases.json"),
      text: `${JSON.stringify({ releases: releases() }, null, 1)}\n`,
    },
    { file: join("docs", "reference", "identity-proxy-channels.md"), text: channelsPage() },
    {
      file: join("docs", "reference", "identity-proxy-settings.md"),
      text: settingsPage(schema as SettingSchema, settingDocs()),
    },
  ];
}
