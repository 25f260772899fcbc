/** Everything that a command takes from its surroundings, so that tests can run it in-process. */
export interface Io {
  /** Machine output. */
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  /** Everything said to a person while a command runs. */
  readonly stderr: { write(text: string): unknown };
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the project, absolute. */
  readonly cwd: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Called, before its work, by a command that is over within seconds. @default nothing is made of it */
  endsSoon?(): void;
}

/** A sub-command's way to say how it ended: 0 done, 1 findings or failure, 2 usage or unreadable file. */
export type Finish = (code: number) => void;

/** Today as `YYYY-MM-DD`, in UTC. */
export function today(io: Io): string {
  return new Date(io.now()).toISOString().slice(0, 10);
}

/** Whether text may carry colours. */
export function wantsColour(io: Io): boolean {
  return io.stdout.isTTY === true && !io.environment.NO_COLOR;
}
