/** LiteLLM's own lists of routes that hold administration (`LiteLLMRoutes`, LiteLLM 1.108.10). */
const ADMINISTRATION =
  /^(management_routes|key_management_routes|.*_management_routes|spend_tracking_routes|global_spend_tracking_routes|master_key_only_routes|ui_routes|info_routes|internal_user_.*|admin_viewer_routes|org_admin_.*|self_managed_routes)$/;
const PATHS =
  /^\/(key|team|user|budget|tag|customer|end_user|organization|project|config|model|global|spend|sso|invitation|credentials|guardrails|policies)(\/|$|\*)/;

/** Names by which LiteLLM means every model (`SpecialModelNames` in litellm/proxy/_types.py, LiteLLM 1.108.10). */
const EVERYTHING = ["all-proxy-models", "*"];

/** Whether an entry of `allowed_routes` lets a key do more than ask models: administration, or everything. */
export function isWideRoute(route: string): boolean {
  return ADMINISTRATION.test(route) || PATHS.test(route) || /^\/?\*$/.test(route);
}

/** Whether an entry of `models` stands for all of them. */
export function isEveryModel(model: string): boolean {
  return EVERYTHING.includes(model);
}
