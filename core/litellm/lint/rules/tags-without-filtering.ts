import type { LintRule } from "../lint-rule";

/** Tags of deployments while nobody routes by tags. */
export const tagsWithoutFiltering: LintRule = {
  id: "tags-without-filtering",
  severity: "note",
  summary: "deployments of one group have different tags, and tags do not route",
  why: "Without router_settings.enable_tag_filtering the router picks among all deployments of a group, whatever tags a request has; the tags are only added to the request's spend, unless a key or team switches the filter on for itself (litellm/router.py, LiteLLM 1.108.10).",
  repair: "set router_settings.enable_tag_filtering: true where tags shall choose the deployment",
  check: (context) => {
    if (context.has(["router_settings", "enable_tag_filtering"])) return [];
    const tagged = context.deployments.filter(({ path }) => context.items([...path, "litellm_params", "tags"]).length > 0);
    const first = tagged.find(({ group }) => context.deployments.filter((other) => other.group === group).length > 1);
    if (!first) return [];
    return [
      context.foundAtName(tagsWithoutFiltering, [...first.path, "litellm_params", "tags"], {
        message: "tags do not choose the deployment while enable_tag_filtering is off",
        repair: tagsWithoutFiltering.repair,
      }),
    ];
  },
};
