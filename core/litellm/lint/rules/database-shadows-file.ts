import type { LintRule } from "../lint-rule";

const SETTING = ["general_settings", "store_model_in_db"];

/** Settings of the database beside those of the file. */
export const databaseShadowsFile: LintRule = {
  id: "database-shadows-file",
  severity: "note",
  summary: "settings of the database come before those of this file",
  why: "With store_model_in_db the UI writes models and settings into the database, and LiteLLM lays them over the file every 30 seconds: what the file says of the same setting is not what runs (litellm/proxy/proxy_server.py; issues 31968, 11623, 13359, 27006).",
  repair: "leave it off where this file shall be the truth, or name what the database may hold in supported_db_objects",
  check: (context) =>
    context.isOn(SETTING) && !context.has(["general_settings", "supported_db_objects"])
      ? [
          context.foundAtName(databaseShadowsFile, SETTING, {
            message: "what is changed in the UI comes before this file",
            repair: databaseShadowsFile.repair,
          }),
        ]
      : [],
};
