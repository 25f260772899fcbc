import { LOCKED_VERSIONS } from "../../../../tools/local/python";
import { litellmLock, uvLock } from "../../../../tools/local/python/locks";

const locks = [
  ...LOCKED_VERSIONS.map((version) => [version, litellmLock(version).text] as const),
  ["uv", uvLock().text] as const,
];

test.each(locks)("the lock %s pins each package to one version with hashes, and names no registry", (_, text) => {
  const requirements = text.trim().split(/\n(?! )/);

  expect(requirements.filter((requirement) => !/^[a-z0-9-]+==\S+/.test(requirement))).toEqual([]);
  expect(requirements.filter((requirement) => !requirement.includes("--hash=sha256:"))).toEqual([]);
  expect(text).not.toMatch(/:\/\/|^--?[a-z]/m);
});

test.each(LOCKED_VERSIONS)("the lock of LiteLLM %s holds what its database needs", (version) => {
  const { text } = litellmLock(version);

  for (const name of [`litellm==${version}`, "litellm-proxy-extras==", "prisma==0.15.0", "prometheus-client=="]) {
    expect(text).toContain(`\n${name}`);
  }
});

test("a version without a lock is refused with the versions that have one", () => {
  expect(() => litellmLock("1.0.0")).toThrow("LiteLLM 1.0.0 cannot be installed");
  expect(() => litellmLock("../uv")).toThrow(
    expect.objectContaining({ repair: `set litellm.version to ${LOCKED_VERSIONS.join(" or ")}` }),
  );
});
