import { type Cluster, databaseUrl, serverProcess } from "../../../../tools/local/postgres";

const cluster: Cluster = { installation: { version: "15.18", bin: "/pg/bin", source: "machine" }, data: "/data dir" };

test("the server listens on 127.0.0.1 alone, writes its log to stderr, and keeps time in UTC", () => {
  const { command, args, cwd, env, runAs } = serverProcess(cluster, 5433);

  expect({ command, cwd, env, runAs }).toEqual({
    command: "/pg/bin/postgres",
    cwd: "/data dir",
    env: { LC_ALL: "C" },
    runAs: undefined,
  });
  expect(args.slice(0, 2)).toEqual(["-D", "/data dir"]);
  expect(args).toEqual(
    expect.arrayContaining([
      "port=5433",
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
      "log_destination=stderr",
      "logging_collector=off",
      "timezone=UTC",
    ]),
  );
});

test("the server runs as the cluster's user", () => {
  expect(serverProcess({ ...cluster, runAs: { uid: 101, gid: 104 } }, 5433).runAs).toEqual({ uid: 101, gid: 104 });
});

test("a database's URL survives any password and name, and does not hold the administrator's password", () => {
  const address = { port: 5433, password: "p'a ss@/:%?#é", database: "lite llm" };
  const url = new URL(databaseUrl(address));

  expect(url.username).toBe("litellm");
  expect(url.password).toMatch(/^[0-9a-f]{64}$/);
  expect(databaseUrl({ ...address, password: "another" })).not.toContain(url.password);
  expect(decodeURIComponent(url.pathname)).toBe("/lite llm");
  expect(url.host).toBe("127.0.0.1:5433");
});
