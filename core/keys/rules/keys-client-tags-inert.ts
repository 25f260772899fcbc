import { compareReleases } from "../../litellm";
import { ROLES } from "../roles";
import type { KeysRule } from "./context";

const WORKS = { from: "1.83.10", before: "1.84.0" };

/** A flag that this release does not look at. */
export const keysClientTagsInert: KeysRule = {
  id: "keys-client-tags-inert",
  severity: "note",
  summary: "allow_client_tags has no effect in this LiteLLM version",
  why: "LiteLLM 1.83.10 until the end of 1.83 dropped the tags of clients unless the flag of the key or the team was true. Before and after, tags of any client count, so anybody with a key can book to another team's tag (pull requests 25905, 27784 and 27789 of BerriAI/litellm).",
  repair: "leave it for NetBird and for gateways of 1.83; put the identity proxy in front, which writes the tags itself",
  check: (context) => {
    const { version } = context.gateway;
    if (compareReleases(version, WORKS.from) >= 0 && compareReleases(version, WORKS.before) < 0) return [];
    const message = `LiteLLM ${version} takes the tags of every client`;
    const keys = context.keys
      .filter(({ key }) => key.allow_client_tags ?? (key.role && ROLES[key.role].clientTags))
      .map(({ key, path }) => [...path, key.allow_client_tags === undefined ? "role" : "allow_client_tags"]);
    const teams = Object.entries(context.input.teams ?? {})
      .filter(([, team]) => team.allow_client_tags)
      .map(([name]) => ["teams", name, "allow_client_tags"]);
    return [...keys, ...teams].map((path) =>
      context.foundAtName(keysClientTagsInert, path, { message, repair: keysClientTagsInert.repair }),
    );
  },
};
