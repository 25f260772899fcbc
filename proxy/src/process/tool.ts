/** Name and version of the package, as reports carry them. A test holds them against package.json. */
export const TOOL = { name: "litellm-identity-proxy", version: "0.1.0" } as const;
