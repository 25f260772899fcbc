import { createHash, randomUUID } from "node:crypto";
import { Issuer } from "../../proxy/support/issuer";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { eventually } from "../../support/real-litellm-wait";
import { all, describeReal } from "../support/real-part";
import { type Made, makeAttempts } from "./attempts";
import { BuiltProxy, FRONTS } from "./built-proxy";
import { CALLERS } from "./channels";
import { type Stand, startStand } from "./litellm";
import { Provider } from "./provider";
import { ROUTES } from "./routes";
import { sdkTests } from "./sdk-tests";

jest.setTimeout(420_000);

/** Seconds that LiteLLM may take to write its rows and tables: it adds up to 5 to its interval. */
const PATIENCE = 60;

/** A row of LiteLLM_SpendLogs, as far as it says who called. */
interface Row {
  readonly end_user: string;
  readonly request_tags: string[];
  readonly team_id: string;
  readonly api_key: string;
  readonly whole: string;
}

const LOG_ROWS = `
SELECT end_user, request_tags, team_id, api_key, row_to_json(s)::text AS whole
FROM "LiteLLM_SpendLogs" s WHERE end_user LIKE '%-RUN-%'`;

const needs = litellmNeeds();

describeReal("a real LiteLLM behind the identity proxy", all(needs.litellm, needs.postgres), () => {
  const run = randomUUID().slice(0, 8);
  const provider = new Provider();
  let issuer: Issuer;
  let stand: Stand;
  let proxy: BuiltProxy;
  let made: Made[];
  let rows: Map<string, Row>;

  const select = async <T>(sql: string): Promise<T[]> => ((await stand.litellm.database?.rows(sql, [])) ?? []) as T[];
  const users = (): string[] => made.filter((one) => one.status === 200 || one.status === 101).map(({ user }) => user);

  beforeAll(async () => {
    issuer = await Issuer.start();
    stand = await startStand(await provider.start());
    const groups = CALLERS.map(
      ([, group]) => `{ group: ${JSON.stringify(group)}, routes: [inference, files, batches, realtime, pass-through] }`,
    );
    proxy = await BuiltProxy.start(stand.proxy.url, stand.key, issuer.url, `{ groups: [${groups.join(", ")}] }`);
    made = await makeAttempts(Object.values(proxy.ports), issuer, run);
    const withRow = made.filter(({ route }) => !ROUTES.find(({ name }) => name === route)?.withoutRow);
    rows = new Map();
    // What is missing after that is for the tests to tell.
    await eventually("LiteLLM has written its log", PATIENCE, async () => {
      for (const row of await select<Row>(LOG_ROWS.replace("RUN", run))) rows.set(row.end_user, row);
      return withRow.every(({ user }) => rows.has(user)) || undefined;
    }).catch(() => undefined);
  });

  afterAll(async () => {
    await proxy?.stop();
    await stand?.close();
    await provider.stop();
    await issuer?.stop();
  });

  describe.each(ROUTES)("$name", ({ name, kind, withoutRow }) => {
    const here = (): Made[] => made.filter(({ route }) => route === name);

    it("serves the caller, whatever the client claims", () => {
      const good = kind === "websocket" ? 101 : 200;
      const other = here().filter(({ status }) => status !== good);
      expect(other.map(({ channel, user, status }) => [channel, user, status])).toEqual([]);
    });

    if (!withoutRow) {
      it("is booked on the verified caller, tags, team and key", () => {
        const hash = createHash("sha256").update(stand.key).digest("hex");
        const booked = here().map(({ channel, user }) => [channel, user, ...shown(rows.get(user))]);
        expect(booked).toEqual(here().map(({ channel, user, group }) => [channel, user, [group], stand.teamId, hash]));
      });

      it("leaves nothing of a claim in the log", () => {
        expect(here().filter(({ user, mark }) => rows.get(user)?.whole.includes(mark))).toEqual([]);
      });
    }

    it("tells the provider neither who calls nor what was claimed", () => {
      const told = here().filter(({ user, mark, group }) =>
        [user, mark, ...(group === "engineering" ? [] : [group])].some((text) => provider.saw(text)),
      );
      expect(told.map(({ channel, user }) => [channel, user])).toEqual([]);
    });
  });

  test("no row of the log, whoever it is booked on, has a claim", async () => {
    expect(
      await select(`SELECT request_id FROM "LiteLLM_SpendLogs" s WHERE row_to_json(s)::text LIKE '%spoof-${run}-%'`),
    ).toEqual([]);
  });

  test.each([
    ["LiteLLM_DailyEndUserSpend", "end_user_id"],
    ["LiteLLM_EndUserTable", "user_id"],
  ])("%s has every verified caller and no claim", async (table, column) => {
    const names = await eventually(`${table} is written`, PATIENCE, async () => {
      const found = await select<{ name: string }>(
        `SELECT DISTINCT "${column}" AS name FROM "${table}" WHERE "${column}" LIKE '%${run}%'`,
      );
      return found.length >= users().length ? found.map(({ name }) => name) : undefined;
    });
    expect(names.sort()).toEqual(users().sort());
  });

  test("LiteLLM_DailyTagSpend has the verified tags, and no claim", async () => {
    const groups = CALLERS.map(([, group]) => group);
    const tags = await eventually("the tags are written", PATIENCE, async () => {
      const found = await select<{ tag: string }>('SELECT DISTINCT tag FROM "LiteLLM_DailyTagSpend"');
      return groups.every((group) => found.some(({ tag }) => tag === group)) ? found.map(({ tag }) => tag) : undefined;
    });
    expect(tags.filter((tag) => !tag.startsWith("User-Agent: litellm-identity-proxy")).sort()).toEqual([...groups].sort());
  });

  test("the metrics have the verified callers and no claim", async () => {
    const headers = { authorization: `Bearer ${stand.masterKey}` };
    const text = await (await fetch(`${stand.proxy.url}/metrics/`, { headers })).text();
    expect(text).toContain(`end_user="alice-${run}-`);
    expect(text).not.toContain(`spoof-${run}`);
  });

  test("the webhook's events name the verified callers and no claim", async () => {
    const ofRows = made.filter(({ route }) => !ROUTES.find(({ name }) => name === route)?.withoutRow).map(({ user }) => user);
    const named = await eventually("the events have come", PATIENCE, async () => {
      const found = new Set(provider.events.map(({ end_user }) => String(end_user)));
      return ofRows.every((user) => found.has(user)) ? found : undefined;
    });
    expect([...named].filter((user) => user.includes(run) && !users().includes(user))).toEqual([]);
    expect(provider.events.filter((event) => JSON.stringify(event).includes(`spoof-${run}`))).toEqual([]);
  });
  describe.each(FRONTS)("answers the official SDKs with a token as their API key, front %s:", (front) => {
    sdkTests(() => ({
      url: `http://127.0.0.1:${proxy.ports[front]}`,
      token: (user) => issuer.token(Date.now(), { sub: `${user}-${front}-${run}`, groups: ["engineering"] }),
      booked: (user, wanted) =>
        eventually(`${user} is booked`, PATIENCE, async () => {
          const where = `end_user = '${user}-${front}-${run}' AND request_tags::text LIKE '%engineering%'`;
          const found = await select(`SELECT request_id FROM "LiteLLM_SpendLogs" WHERE ${where}`);
          return found.length >= wanted ? found.length : undefined;
        }),
    }));
  });
});

/** Tags, team and key of a row; LiteLLM adds two tags of the proxy's own User-Agent. */
function shown(row: Row | undefined): unknown[] {
  if (!row) return ["no row"];
  return [row.request_tags.filter((tag) => !tag.startsWith("User-Agent: litellm-identity-proxy")), row.team_id, row.api_key];
}
