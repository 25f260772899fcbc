/** The toolkit's name and version, as reports carry it. A test holds the version against package.json. */
export const TOOL = { name: "cdktf-litellm", version: "0.1.0" } as const;
