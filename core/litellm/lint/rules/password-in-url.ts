import { textsIn } from "../credentials";
import type { LintRule } from "../lint-rule";

const PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:([^/\s@]+)@/i;
/** Stand-ins that another tool or a reader replaces. */
const STAND_IN = /^(?:<.*>|\$.*|\{\{.*\}\}|\[.*\]|x+|\*+|\.+|your.*|os\.environ.*)$/i;

/** A URL with its password. */
export const passwordInUrl: LintRule = {
  id: "password-in-url",
  severity: "error",
  summary: "a URL holds its password",
  why: "Whoever may read the file has the password of the database or the cache. LiteLLM takes the whole URL from a variable: os.environ/DATABASE_URL.",
  repair: "write os.environ/NAME for the whole URL",
  check: (context) =>
    textsIn(context.root).flatMap(({ text, path, name }) => {
      const password = PASSWORD.exec(text)?.[1];
      if (password === undefined || STAND_IN.test(password)) return [];
      const variable = name.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase();
      const repair = `write os.environ/${variable}, and change the password`;
      return [context.found(passwordInUrl, path, { message: "the password of this URL stands here in clear", repair })];
    }),
};
