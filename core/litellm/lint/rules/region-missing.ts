import { ownValue } from "../../../source";
import { hasAny, type LintRule } from "../lint-rule";

interface Cloud {
  readonly parameters: readonly string[];
  readonly variables: readonly string[];
  readonly fallback: string;
}

const BEDROCK: Cloud = {
  parameters: ["aws_region_name", "aws_bedrock_runtime_endpoint", "aws_profile_name", "region_name", "model_id", "api_base"],
  variables: ["AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_BEDROCK_RUNTIME_ENDPOINT"],
  fallback: "us-west-2",
};
const VERTEX: Cloud = {
  parameters: ["vertex_location", "vertex_ai_location", "region_name", "api_base"],
  variables: ["VERTEXAI_LOCATION", "VERTEX_LOCATION"],
  fallback: "the first region that LiteLLM lists for the model, or us-central1",
};
const CLOUDS: Readonly<Record<string, Cloud>> = {
  bedrock: BEDROCK,
  sagemaker: BEDROCK,
  vertex_ai: VERTEX,
  vertex_ai_beta: VERTEX,
};

/** A model of a cloud without its region. */
export const regionMissing: LintRule = {
  id: "region-missing",
  severity: "warning",
  summary: "a model of a cloud has no region",
  why: "LiteLLM then asks the environment, and else takes us-west-2 for Bedrock, and for Vertex AI the first region of its list of models or us-central1: prompts leave for a region that nobody chose, where the model may not be enabled (litellm/llms/bedrock/base_aws_llm.py and litellm/llms/vertex_ai/vertex_llm_base.py, LiteLLM 1.108.10).",
  repair: "add aws_region_name or vertex_location",
  check: (context) =>
    context.deployments.flatMap(({ provider, params, path, model }) => {
      const cloud = ownValue(CLOUDS, provider ?? "");
      // An ARN names its region.
      if (!cloud || hasAny(params, [...cloud.parameters, "litellm_credential_name", "mock_response"]) || model?.includes("arn:"))
        return [];
      if (cloud.variables.some((name) => context.hasVariable(name))) return [];
      const parameter = cloud.parameters[0] ?? "";
      const known = context.surroundings.variables ? "requests go" : `unless ${cloud.variables[0]} is set, requests go`;
      return [
        context.found(regionMissing, [...path, "litellm_params", "model"], {
          message: `this model has no region: ${known} to ${cloud.fallback}`,
          repair: `add ${parameter}`,
        }),
      ];
    }),
};
