import { join } from "node:path";
import { down } from "../../../tools/local/down";
import type { LocalFolders } from "../../../tools/local/folders";
import type { LocalGateway } from "../../../tools/local/gateway";
import type { Kit } from "../../../tools/local/kit";
import { SILENT } from "../../../tools/local/progress";
import type { UpOptions } from "../../../tools/local/roll-out";
import { type LocalStatus, observeStatus } from "../../../tools/local/status";
import { up } from "../../../tools/local/up";
import { compileSupervisor, fakeKit, freePort } from "./fake-kit";
import { temporaryProject } from "./supervisor/fake-part";

/** The value of the secret that the gateway of these tests declares. */
export const CANARY = "sk-canary-0123456789abcdef";

/** A gateway with a real supervisor and a small program as LiteLLM, in a folder of its own. */
export interface LocalTarget {
  readonly project: string;
  readonly folders: LocalFolders;
  readonly kit: Kit;
  readonly environment: NodeJS.ProcessEnv;
  readonly gateway: LocalGateway;
  up(changes?: Partial<LocalGateway>, others?: Partial<UpOptions>): Promise<LocalStatus>;
  down(deleteData: boolean): Promise<void>;
  look(): Promise<LocalStatus>;
  /** What LiteLLM answers at `path`. */
  ask(path: string): Promise<unknown>;
}

/** A local target for the tests of one file; stopped and emptied after each. */
export function localTarget(): LocalTarget {
  const supervisor = compileSupervisor();
  const { project, folders, remove } = temporaryProject();
  const kit = fakeKit(project, supervisor.path);
  const environment = {
    PATH: process.env.PATH,
    HOME: project,
    MY_KEY: CANARY,
    UNDECLARED: "stays outside",
    CDKTF_LITELLM_CACHE: join(project, "cache"),
  };
  let ports = { port: 0, databasePort: 0 };
  const target: LocalTarget = {
    project,
    folders,
    kit,
    environment,
    get gateway() {
      return { ...ports, ...GATEWAY };
    },
    up: (changes, others) =>
      up({ gateway: { ...target.gateway, ...changes }, project, environment, progress: SILENT, ...others }, kit),
    down: (deleteData) => down({ project, name: "local", deleteData, progress: SILENT }, kit),
    look: () => observeStatus({ project, name: "local", environment }, kit.probe),
    ask: async (path) => await (await fetch(`http://127.0.0.1:${ports.port}${path}`)).json(),
  };
  beforeAll(async () => {
    ports = { port: await freePort(), databasePort: await freePort() };
  });
  afterEach(() => target.down(true));
  afterAll(() => {
    remove();
    supervisor.remove();
  });
  return target;
}

const GATEWAY = {
  name: "local",
  litellmVersion: "1.108.10",
  config: "model_list: []\n",
  environmentVariables: { LITELLM_LOG: "INFO" },
  secrets: { PROVIDER_KEY: { env: "MY_KEY" } },
};

/** The process that LiteLLM runs as. */
export function litellmPid(status: LocalStatus): number | undefined {
  return status.parts.find(({ name }) => name === "litellm")?.pid;
}
