import { loadSettings } from "../../../proxy/src/settings";
import { GATEWAY_KEY, settingsFile } from "../support/settings";

type At = readonly [address: string | undefined, port: number];

/** What is found where two listeners and the operations stand at these places. */
function clashes(first: At, second: At, operations: At) {
  const place = ([address, port]: At): string => `port: ${port}${address === undefined ? "" : `, address: "${address}"`}`;
  const identity = "identity: { oidc: { issuer: https://login.example.com, audiences: [litellm] } }";
  const { findings } = loadSettings(
    settingsFile(`
upstream: { profile: litellm, version: 1.108.10, url: http://127.0.0.1:4000 }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners:
  - { name: first, ${place(first)}, ${identity} }
  - { name: second, ${place(second)}, ${identity} }
policy: { groups: [{ group: engineering }] }
operations: { ${place(operations)} }
`),
    { GATEWAY_KEY },
  );
  return findings;
}

it.each<readonly [At, At, At, string, string]>([
  [[undefined, 9090], ["127.0.0.1", 1], [undefined, 9090], "operations has this port on 127.0.0.1 already", "9090 on 0.0.0.0"],
  [["::", 9090], ["127.0.0.1", 1], [undefined, 9090], "operations has this port on 127.0.0.1 already", "9090 on ::"],
  [["0:0::0", 9090], ["127.0.0.1", 1], [undefined, 9090], "operations has this port on 127.0.0.1 already", "9090 on ::"],
  [["127.0.0.1", 80], ["0.0.0.0", 80], [undefined, 9090], "listener first has this port on 127.0.0.1 already", "80 on 0.0.0.0"],
  [["0.0.0.0", 80], ["::", 80], [undefined, 9090], "listener first has this port on 0.0.0.0 already", "80 on ::"],
  [["10.0.0.1", 80], ["127.0.0.1", 80], ["0.0.0.0", 80], "operations has this port on 0.0.0.0 already", "80 on 10.0.0.1"],
  [["::1", 80], ["0:0:0:0:0:0:0:1", 80], [undefined, 9090], "listener first has this address and port already", "80"],
  [["127.0.0.1", 80], ["::ffff:127.0.0.1", 80], [undefined, 9090], "listener first has this address and port already", "80"],
])("listeners on %s and %s with operations on %s clash", (first, second, operations, message, got) => {
  expect(clashes(first, second, operations)).toContainEqual(
    expect.objectContaining({ rule: "proxy-name-twice", message, got, repair: "choose another port" }),
  );
});

it.each<readonly [At, At, At]>([
  [
    [undefined, 0],
    [undefined, 0],
    [undefined, 0],
  ],
  [
    ["10.0.0.1", 80],
    ["10.0.0.2", 80],
    [undefined, 80],
  ],
  [
    ["0.0.0.0", 80],
    ["::1", 80],
    [undefined, 9090],
  ],
  [
    ["127.0.0.1", 80],
    ["::1", 80],
    [undefined, 9090],
  ],
  [
    [undefined, 80],
    [undefined, 81],
    [undefined, 9090],
  ],
])("listeners on %s and %s with operations on %s do not clash", (first, second, operations) => {
  expect(clashes(first, second, operations)).toEqual([]);
});
