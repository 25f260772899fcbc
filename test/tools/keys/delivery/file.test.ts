import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { destinations } from "../../../../tools/keys/delivery";
import { SecretValue } from "../../../../tools/keys/plan";
import { tempProject } from "../../../support/temp-project";

const project = tempProject();
const FIRST = new SecretValue("sk-first-value-0123456789abcdefghijklmnopqrstuvwxyz");
const SECOND = new SecretValue("sk-second-value-0123456789abcdefghijklmnopqrstuvwxyz");
const ABOUT = { key: "ci", owner: "prod", generation: 1 };

const folder = (): string => join(project.folder, "work");
const at = (...parts: string[]): string => join(folder(), ...parts);
const put = (file: string, value = FIRST, about: Partial<typeof ABOUT> & { tokenIds?: string[] } = {}) =>
  destinations({ folder: folder() })
    .of({ file })
    .put({ file }, value, { ...ABOUT, ...about });
const held = (file: string, owner = "prod", tokenIds: string[] = []) =>
  destinations({ folder: folder() }).of({ file }).tokenIdAt({ file }, { owner, tokenIds });

beforeEach(() => {
  rmSync(folder(), { recursive: true, force: true });
  mkdirSync(folder());
});

test("a value is one line of a file that its owner alone may read, in folders that are made for it", async () => {
  const before = process.umask(0);
  await put("out/deep/ci");
  process.umask(before);

  expect(readFileSync(at("out/deep/ci"), "utf8")).toBe(`${FIRST.reveal()}\n`);
  expect(statSync(at("out/deep/ci")).mode & 0o777).toBe(0o600);
  expect(statSync(at("out/deep")).mode & 0o777).toBe(0o700);
  expect(await held("out/deep/ci")).toBe(FIRST.tokenId);
});

test("a value that was delivered is replaced by the next, and nothing else is left beside it", async () => {
  await put("out/ci");
  await put("out/ci", SECOND);

  expect(await held("out/ci")).toBe(SECOND.tokenId);
  expect(readdirSync(at("out")).sort()).toEqual([".ci.cdktf-litellm", "ci"]);
  expect(readFileSync(at("out/.ci.cdktf-litellm"), "utf8")).not.toContain("sk-");
});

test("a folder that was not there is looked at again when something was delivered", async () => {
  const all = destinations({ folder: folder() });
  const place = { file: "out/deep/ci" };
  expect(await all.of(place).tokenIdAt(place, { owner: "prod" })).toBeUndefined();

  await all.of(place).put(place, FIRST, ABOUT);

  expect(await all.of(place).tokenIdAt(place, { owner: "prod" })).toBe(FIRST.tokenId);
});

test("where nothing is, nothing is held", async () => {
  expect(await held("out/ci")).toBeUndefined();
});

describe("what was not delivered stays as it is", () => {
  const refused = async (file: string, text: string): Promise<void> => {
    await expect(put(file)).rejects.toMatchObject({
      name: "DeliveryError",
      message: expect.stringContaining(text),
      repair: expect.stringMatching(/./),
    });
    await expect(held(file)).rejects.toThrow(text);
  };

  test.each([
    ["an environment file", "name: prod\ntarget: local\n"],
    ["a password", "correct horse battery staple\n"],
    ["nothing", ""],
    ["two values", `${FIRST.reveal()}\n${SECOND.reveal()}\n`],
    ["bytes", "\u0000\u0001"],
    ["a large file", "x".repeat(1_000_000)],
    ["a key that somebody put there", `${FIRST.reveal()}\n`],
  ])("%s", async (_what, text) => {
    writeFileSync(at("prod.yaml"), text);
    await refused("prod.yaml", "prod.yaml is there already and was not delivered by this owner");

    expect(readFileSync(at("prod.yaml"), "utf8")).toBe(text);
    expect(readdirSync(folder())).toEqual(["prod.yaml"]);
  });

  test("a value of another owner", async () => {
    await put("out/ci", FIRST, { owner: "staging" });
    await refused("out/ci", "was not delivered by this owner");

    expect(readFileSync(at("out/ci"), "utf8")).toBe(`${FIRST.reveal()}\n`);
  });

  test("what somebody wrote over a delivered value", async () => {
    await put("out/ci");
    writeFileSync(at("out/ci"), "mine now\n");

    await refused("out/ci", "was not delivered by this owner");
  });

  test("a link, and what it leads to", async () => {
    writeFileSync(join(project.folder, "target"), "theirs");
    symlinkSync(join(project.folder, "target"), at("ci"));
    await refused("ci", "ci is a link");

    expect(readFileSync(join(project.folder, "target"), "utf8")).toBe("theirs");
    rmSync(join(project.folder, "target"));
  });

  test("a link that leads nowhere", async () => {
    symlinkSync(at("nowhere"), at("ci"));

    await refused("ci", "ci is a link");
  });

  test("a folder behind a link", async () => {
    mkdirSync(join(project.folder, "elsewhere"), { recursive: true });
    symlinkSync(join(project.folder, "elsewhere"), at("out"));
    await refused("out/ci", "out is a link");

    expect(readdirSync(join(project.folder, "elsewhere"))).toEqual([]);
  });

  test.each(["../outside", "/etc/cdktf-litellm-key", "out/../../outside"])("%s, which is outside", async (file) => {
    await refused(file, "is outside the project");
  });

  test("a folder", async () => {
    mkdirSync(at("out"));

    await refused("out", "out is a folder");
  });

  test("a file where a folder is needed", async () => {
    writeFileSync(at("out"), "x");

    await refused("out/ci", "out is a file, and a folder is needed");
  });

  test("a name that no file can have", async () => {
    await refused("a\0b", "cannot be the name of a file");
    await refused("x".repeat(300), "cannot be the name of a file: it is too long");
  });
});

test("a value that the gateway knows as this key's is replaced, though nobody wrote down whose the file is", async () => {
  await put("out/ci");
  rmSync(at("out/.ci.cdktf-litellm"));

  expect(await held("out/ci", "prod", [FIRST.tokenId])).toBe(FIRST.tokenId);
  await put("out/ci", SECOND, { tokenIds: [FIRST.tokenId] });
  expect(await held("out/ci")).toBe(SECOND.tokenId);
});

test("cut off between the claim and the value, the next run delivers", async () => {
  await put("out/ci");
  rmSync(at("out/ci"));

  expect(await held("out/ci")).toBeUndefined();
  await put("out/ci", SECOND);
  expect(await held("out/ci")).toBe(SECOND.tokenId);
});

test("a keys file from elsewhere may deliver beside itself", async () => {
  mkdirSync(join(project.folder, "shared"), { recursive: true });
  const place = { file: join(project.folder, "shared", "ci") };
  const from = destinations({ folder: folder(), beside: [join(project.folder, "shared")] });
  await from.of(place).put(place, FIRST, ABOUT);

  expect(await from.of(place).tokenIdAt(place, { owner: "prod" })).toBe(FIRST.tokenId);
  rmSync(join(project.folder, "shared"), { recursive: true });
});

test("errors never quote what is in a file", async () => {
  writeFileSync(at("ci"), "canary-of-the-file");
  chmodSync(at("ci"), 0o600);
  const error = await put("ci").catch((refused: unknown) => refused);

  expect(`${String(error)} ${(error as { repair: string }).repair}`).not.toContain("canary");
  expect(`${String(error)}`).not.toContain(FIRST.reveal());
});
