import { deploymentDigest, type LocalEnvironment } from "../../../core/config";

const environment: LocalEnvironment = {
  name: "demo",
  target: "local",
  litellm: {
    version: "1.108.10",
    config: { model_list: [], litellm_settings: { drop_params: true } },
    port: 4000,
    environment: { A: "1", B: "2" },
  },
  secrets: { KEY: { env: "KEY" }, OTHER: { file: "x" } },
  database: { port: 54329 },
  state: { kind: "local" },
};

function proxy(user: string): LocalEnvironment["identityProxy"] {
  return {
    settings: {
      upstream: {},
      gatewayKeys: [],
      listeners: [],
      policy: {},
      operations: { address: "127.0.0.1", port: 1 },
      drainSeconds: 1,
    },
    development: { port: 2, issuer: "i", audience: "a", users: { [user]: { email: "e", groups: [] } } },
    makesKey: true,
    secretNames: [],
  };
}

test("another user of the development issuer does", () => {
  const before = deploymentDigest({ ...environment, identityProxy: proxy("alice") });

  expect(deploymentDigest({ ...environment, identityProxy: proxy("bob") })).not.toBe(before);
});

test("the order in which things are written does not matter", () => {
  const { litellm, secrets } = environment;
  const reordered = {
    ...environment,
    litellm: { ...litellm, environment: { B: "2", A: "1" }, config: { litellm_settings: { drop_params: true }, model_list: [] } },
    secrets: { OTHER: secrets.OTHER ?? { env: "" }, KEY: secrets.KEY ?? { env: "" } },
  };

  expect(deploymentDigest(reordered)).toBe(deploymentDigest(environment));
});

test.each([
  ["the configuration", { litellm: { ...environment.litellm, config: {} } }],
  ["a variable", { litellm: { ...environment.litellm, environment: { A: "2" } } }],
  ["the version", { litellm: { ...environment.litellm, version: "1.109.1" } }],
  ["a port", { litellm: { ...environment.litellm, port: 4001 } }],
  ["the database's port", { database: { port: 1 } }],
  ["an identity proxy", { identityProxy: proxy("alice") }],
  ["the place of a secret", { secrets: { KEY: { env: "ANOTHER" } } }],
])("%s does", (_title, change) => {
  expect(deploymentDigest({ ...environment, ...change })).not.toBe(deploymentDigest(environment));
});
