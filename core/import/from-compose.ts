import {
  besideFile,
  type MapNode,
  nodeAt,
  ownValue,
  type Path,
  placeOfName,
  type SourceNode,
  showPath,
  toValue,
} from "../source";
import { readCommand } from "./compose-command";
import { childrenOf, findService } from "./compose-service";
import { unimportable } from "./config-source";
import type { Draft } from "./draft";
import { readAsLitellm } from "./read-as-litellm";
import { configAt, parseInput, readInput, wholeFile, type YamlInput } from "./read-yaml";
import { releaseIn } from "./release-in";
import { takeVariable } from "./variables";

const DEFAULT_PORT = 4000;

/** Why a part of a service stays behind. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  env_file: "what stands in that file was not read; variables that the configuration refers to are declared under secrets",
  depends_on: "the local target starts what the gateway needs",
  healthcheck: "the local target watches the gateway itself",
  restart: "the local target restarts the gateway itself",
  build: "an image of your own; the local target installs LiteLLM from its Python package",
  deploy: "the local target runs one gateway",
  networks: "the local target listens on 127.0.0.1 only",
};

/**
 * Takes over the service of a docker-compose file that runs LiteLLM, with the configuration file that it mounts.
 *
 * @param wanted the service's name, where several run LiteLLM
 */
export function fromCompose(input: YamlInput, draft: Draft, wanted?: string): void {
  const { root } = input;
  const name = findService(input, wanted);
  const service = new Service(input, draft, ["services", name]);
  service.takeImage();
  service.takeCommand();
  service.takePort();
  service.takeEnvironment();
  for (const [key, entry] of childrenOf(root, service.at))
    service.leaveOut([...service.at, key], entry.node, ownValue(LEFT_OUT, key) ?? "the local target has no such thing");
  for (const [other] of childrenOf(root, ["services"]))
    if (other !== name) draft.say("left-out", ["services", other], placeOfName(root, ["services", other]), "another service");
  for (const [key, entry] of root.entries) if (key !== "services") service.leaveOut([key], entry.node, "it is Compose's own");
}

/** Whether a file describes services of Compose. */
export function isCompose(root: MapNode): boolean {
  return nodeAt(root, ["services"])?.kind === "map";
}

class Service {
  private configPath: string | undefined;
  private port = DEFAULT_PORT;

  constructor(
    private readonly input: YamlInput,
    private readonly draft: Draft,
    readonly at: Path,
  ) {}

  takeImage(): void {
    const image = this.textAt("image");
    if (image === undefined) return;
    const tag = /:([^/]+)$/.exec(image)?.[1] ?? "";
    const release = releaseIn(tag);
    this.draft.version = release;
    if (release)
      this.say(
        "changed",
        ["image"],
        `to litellm.version: ${release}; the image is not kept, the local target installs LiteLLM from its Python package`,
      );
    else this.say("left-out", ["image"], "its tag names no release");
  }

  takeCommand(): void {
    for (const part of ["entrypoint", "command"]) {
      const node = nodeAt(this.input.root, [...this.at, part]);
      if (!node) continue;
      const flags = readCommand(toValue(node));
      this.configPath ??= flags.config;
      this.port = flags.port ?? this.port;
      const read = [flags.config && "--config", flags.port !== undefined && "--port"].filter(Boolean).join(" and ");
      if (read) this.say("changed", [part], `${read} read`);
      if (flags.others.length > 0)
        this.say(
          "left-out",
          [part],
          `${flags.others.join(", ")}: flags of LiteLLM's command that the local target does not give`,
        );
      if (!read && flags.others.length === 0) this.say("left-out", [part], "nothing in it is a flag of LiteLLM's command");
    }
    this.takeConfig();
  }

  private takeConfig(): void {
    const path = this.configPath ?? "/app/config.yaml";
    const inline = this.inlineConfig(path);
    if (inline) return;
    const mount = this.mounts().find(({ target }) => path === target || path.startsWith(`${target}/`));
    if (!mount) {
      if (this.configPath !== undefined)
        throw unimportable(
          placeOfName(this.input.root, this.at),
          showPath(this.at),
          "the configuration file that the command names is not mounted from this project",
          "import that file by itself",
        );
      return;
    }
    const file = besideFile(this.input.file, `${mount.source}${path.slice(mount.target.length)}`);
    const config = wholeFile(parseInput(readInput(file), file));
    this.draft.config = config;
    this.draft.say("changed", mount.path, placeOfName(this.input.root, mount.path), `${file} becomes litellm.config`);
    readAsLitellm(config, this.draft, "pyyaml");
  }

  /** `configs: { litellm: { content: ... } }` that the service mounts at the configuration's path. */
  private inlineConfig(path: string): boolean {
    const used = nodeAt(this.input.root, [...this.at, "configs"]);
    const items = used?.kind === "list" ? used.items.map(toValue) : [];
    for (const item of items) {
      const { source, target } =
        typeof item === "string" ? { source: item, target: `/${item}` } : (Object(item) as Record<string, unknown>);
      const content: Path = ["configs", String(source), "content"];
      if (target !== path || nodeAt(this.input.root, content)?.kind !== "scalar") continue;
      const config = configAt(this.input, content);
      this.draft.config = { ...config, at: [] };
      this.draft.say("moved", content, placeOfName(this.input.root, content), "to litellm.config");
      this.say("changed", ["configs"], "its content becomes litellm.config");
      readAsLitellm(this.draft.config, this.draft, "pyyaml");
      return true;
    }
    return false;
  }

  private mounts(): { source: string; target: string; path: Path }[] {
    const list = nodeAt(this.input.root, [...this.at, "volumes"]);
    return (list?.kind === "list" ? list.items : []).flatMap((item, index) => {
      const value = toValue(item);
      const path = [...this.at, "volumes", index];
      if (typeof value === "string") {
        const [source = "", target = ""] = value.split(":");
        return /^[./]/.test(source) ? [{ source, target: target.replace(/\/$/, ""), path }] : [];
      }
      const { type, source, target } = Object(value) as Record<string, unknown>;
      return type === "bind" && typeof source === "string" && typeof target === "string" ? [{ source, target, path }] : [];
    });
  }

  takePort(): void {
    const list = nodeAt(this.input.root, [...this.at, "ports"]);
    for (const [index, item] of (list?.kind === "list" ? list.items : []).entries()) {
      const published = publishedPort(toValue(item), this.port);
      if (published === undefined || this.draft.port !== undefined) continue;
      this.draft.port = published;
      this.say("changed", ["ports", index], "to litellm.port; the local target listens on 127.0.0.1 only");
    }
  }

  takeEnvironment(): void {
    const node = nodeAt(this.input.root, [...this.at, "environment"]);
    for (const { name, value, path } of variablesIn(node)) {
      const at = [...this.at, "environment", ...path];
      takeVariable(this.draft, name, value, { path: showPath(at), place: placeOfName(this.input.root, at) });
    }
  }

  /** Says of everything below a path of which nothing was said that it stays behind. */
  leaveOut(path: Path, node: SourceNode, why: string): void {
    const shown = showPath(path);
    if (this.draft.mentions(shown)) return;
    if (!this.draft.mentionsPartOf(shown) || node.kind === "scalar") {
      this.draft.say("left-out", path, placeOfName(this.input.root, path), why);
      return;
    }
    const children: [string | number, SourceNode][] =
      node.kind === "list" ? [...node.items.entries()] : [...node.entries].map(([name, entry]) => [name, entry.node]);
    for (const [step, child] of children) this.leaveOut([...path, step], child, why);
  }

  private textAt(name: string): string | undefined {
    const node = nodeAt(this.input.root, [...this.at, name]);
    return node?.kind === "scalar" ? node.text : undefined;
  }

  private say(kind: "moved" | "changed" | "left-out", path: Path, message: string): void {
    const at = [...this.at, ...path];
    this.draft.say(kind, at, placeOfName(this.input.root, at), message);
  }
}

/** `NAME: value`, or `- NAME=value`; a value that is missing comes from whoever deploys. */
function variablesIn(node: SourceNode | undefined): { name: string; value: string | undefined; path: Path }[] {
  if (node?.kind === "map")
    return [...node.entries].map(([name, entry]) => ({
      name,
      value: entry.node.kind === "scalar" && entry.node.text !== "" ? entry.node.text : emptyOf(entry.node),
      path: [name],
    }));
  return (node?.kind === "list" ? node.items : []).map((item, index) => {
    const [name = "", ...value] = String(toValue(item)).split("=");
    return { name, value: value.length > 0 ? value.join("=") : undefined, path: [index] };
  });
}

/** `NAME:` passes on a variable, `NAME: ""` empties it. */
function emptyOf(node: SourceNode): string | undefined {
  return node.kind === "scalar" && !node.plain ? "" : undefined;
}

/** The port of the machine that leads to the container's. */
function publishedPort(value: unknown, container: number): number | undefined {
  if (typeof value === "object" && value !== null) {
    const { target, published } = value as Record<string, unknown>;
    return Number(target) === container && Number.isInteger(Number(published)) ? Number(published) : undefined;
  }
  const parts = String(value)
    .replace(/\/tcp$/, "")
    .split(":");
  const published = Number(parts.at(-2));
  return parts.length > 1 && Number(parts.at(-1)) === container && Number.isInteger(published) && published > 0
    ? published
    : undefined;
}
