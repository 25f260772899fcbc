/** A weakness of LiteLLM that a later release mends. */
export interface Advisory {
  readonly id: string;
  /** What somebody can do with it. */
  readonly title: string;
  /** The first release that is affected; absent where it is not known. */
  readonly since?: string;
  /** Releases that mend it, the earliest of each line; every later line has it too. */
  readonly fixed: readonly string[];
  readonly source: string;
}

/** A release that must never run. */
export interface DeniedRelease {
  readonly version: string;
  readonly why: string;
  readonly source: string;
}

/** Advisories of LiteLLM that a gateway is open to, oldest first. */
export const ADVISORIES: readonly Advisory[] = [
  {
    id: "CVE-2026-35029",
    title: "settings can be changed through /config/update without the right to",
    fixed: ["1.83.0"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-35030",
    title: "one user's OpenID Connect token is taken for another's, through a colliding cache key",
    fixed: ["1.83.0"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-42208",
    title: "SQL injection before authentication, exploited in the wild",
    since: "1.81.16",
    fixed: ["1.83.7"],
    source: "GHSA-r75f-5x8p-qvmc",
  },
  {
    id: "CVE-2026-42203",
    title: "code can be run through templates of /prompts/test",
    fixed: ["1.83.7"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-42271",
    title: "commands can be run through the test of MCP servers over stdio",
    fixed: ["1.83.7"],
    source: "GitHub advisory of BerriAI/litellm, with CVE-2026-30623",
  },
  {
    id: "CVE-2026-40217",
    title: "custom guardrail code leaves its sandbox",
    fixed: ["1.83.10"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-47102",
    title: "users can give themselves another role through /user/update",
    fixed: ["1.83.10"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-47101",
    title: "keys can be given routes that their maker may not use",
    fixed: ["1.83.14"],
    source: "GitHub advisory of BerriAI/litellm",
  },
  {
    id: "CVE-2026-49468",
    title: "authentication is passed by through the Host header",
    fixed: ["1.84.3", "1.85.2", "1.86.2"],
    source: "GHSA-4xpc-pv4p-pm3w: mended in 1.84.0, hardened in 1.84.3, 1.85.2 and 1.86.2",
  },
];

/** Releases with malicious code, whatever the index still serves. */
export const DENIED_RELEASES: readonly DeniedRelease[] = [
  {
    version: "1.82.7",
    why: "it was uploaded with a stolen token and sends credentials away",
    source: "docs.litellm.ai/blog/security-update-march-2026, BerriAI/litellm issue 24518",
  },
  {
    version: "1.82.8",
    why: "it was uploaded with a stolen token and sends credentials away at every start of Python",
    source: "docs.litellm.ai/blog/security-update-march-2026, BerriAI/litellm issue 24518",
  },
  {
    version: "1.107.0",
    why: "the release and its images of 2026-10-21 hold malicious code",
    source: "docs.litellm.ai/blog/security-incident-oct-21-2026",
  },
];
