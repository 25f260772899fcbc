const transform = {
  "\\.[tj]s$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
};
const common = {
  transform,
  // jose is an ES module only; everything else from npm is loaded as it is.
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
  testEnvironment: "node",
  rootDir: __dirname,
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/proxy/dist", "<rootDir>/.local"],
};
const REAL = "<rootDir>/test/real/";
const PROXY = ["<rootDir>/test/proxy/", "<rootDir>/test/attacks/"];

/** `npm run check` runs unit and cdktn, `npm test` those, process, proxy and strict, `npm run test:real` real. */
module.exports = {
  // By default one core is left to a person who may be working; on two cores that is half of them.
  maxWorkers: "100%",
  projects: [
    // Everything that runs within the test's own process.
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: [REAL, "\\.process\\.test\\.ts$", ...PROXY],
    },
    // The stacks once more, with the community's engine.
    {
      ...common,
      displayName: "cdktn",
      testMatch: ["<rootDir>/test/stacks/**/*.test.ts"],
      moduleNameMapper: { "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
    },
    // Tests that start programs of ours: Node alone, and slower.
    { ...common, displayName: "process", testMatch: ["<rootDir>/test/**/*.process.test.ts"], testPathIgnorePatterns: [REAL] },
    // The identity proxy, over real sockets.
    { ...common, displayName: "proxy", testMatch: PROXY.map((folder) => `${folder}**/*.test.ts`) },
    // The same sockets, with the proxy's own parser in front of all that does not ask for a certain one.
    {
      ...common,
      displayName: "strict",
      setupFiles: ["<rootDir>/test/proxy/support/strict-front.ts"],
      testMatch: ["attacks", "proxy/faults", "proxy/identity", "proxy/server"].map(
        (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
      ),
    },
    // Tests that need real parts.
    { ...common, displayName: "real", testMatch: ["<rootDir>/test/real/**/*.test.ts"] },
  ],
};
