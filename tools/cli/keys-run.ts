import { resolve } from "node:path";
import type { KeysSettings, LocalEnvironment } from "../../core/config";
import { deliveryFolder } from "../../core/keys";
import type { GatewayHttp, PlanHead, ReconcileOptions, ReconcileProgress } from "../keys";
import type { Io } from "./io";
import { keysTarget } from "./keys-target";
import { secretsTarget } from "./local-target";

/** Where the keys of an environment are, and how they are reached. */
export interface KeysRun {
  readonly settings: KeysSettings;
  readonly http: GatewayHttp;
  readonly head: PlanHead;
  readonly options: ReconcileOptions;
}

/** What the command line says of a run. */
export interface KeysRunOptions {
  /** Names of keys that get a new value at once. @default none */
  readonly rotateNow?: ReadonlySet<string>;
  /** Ask clusters and clouds too what they hold. @default false */
  readonly askAll?: boolean;
}

/**
 * Gets ready to plan or apply the keys of an environment. The key that is signed in with is read here, from where the
 * environment says, and passed on in memory only.
 */
export function keysRun(
  environment: LocalEnvironment,
  file: string,
  io: Io,
  { rotateNow = new Set(), askAll = false }: KeysRunOptions = {},
): KeysRun | undefined {
  const settings = environment.keys;
  if (!settings) return undefined;
  const { gatewayHttp, litellmGateway, destinations, MACHINE_CLOCK } = keysTarget();
  const { owner, policy, url, deleteAfter, desired } = settings;
  const http = gatewayHttp({ url, signIn: signInOf(environment, settings, io) });
  const options: ReconcileOptions = {
    desired,
    owner,
    policy,
    deleteAfter,
    rotateNow,
    askAll,
    gateway: litellmGateway(http),
    destinations: destinations({ folder: io.cwd, beside: settings.files.map((each) => resolve(io.cwd, deliveryFolder(each))) }),
    clock: { ...MACHINE_CLOCK, now: io.now },
    progress: progressOf(io),
  };
  const head: PlanHead = { environment: environment.name, file, url, policy, owner, askAll, keys: desired.keys };
  return { settings, http, head, options };
}

function signInOf({ name, secrets }: LocalEnvironment, { signIn }: KeysSettings, io: Io): string {
  const places = Object.entries(secrets).map(([secret, place]) => [
    secret,
    "file" in place ? { file: resolve(io.cwd, place.file) } : place,
  ]);
  const { readSecret } = secretsTarget();
  return readSecret({ project: io.cwd, name, secret: signIn, declared: Object.fromEntries(places), environment: io.environment });
}

/** A line now and then on stderr, for runs that take longer than a few seconds. */
function progressOf({ stderr, now }: Io): ReconcileProgress {
  const INTERVAL = 2000;
  let last = now();
  const line = (text: string): void => {
    if (now() - last < INTERVAL) return;
    last = now();
    stderr.write(`  … ${text}\n`);
  };
  return {
    reading: (read, total) => line(`read ${read} of ${total} keys`),
    waiting: () =>
      void stderr.write("  … another run has the lock: waiting until it ends, or for half a minute if it was cut off\n"),
    applying: (done, total) => line(`${done} of ${total} done`),
  };
}
