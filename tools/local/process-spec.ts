/** A program that the supervisor keeps running. Secrets go into `env`, never into `args`. */
export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the process; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs as this user where the caller is root; absent: as the caller. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
}
