/** How long a heartbeat counts. The supervisor writes one every 2 s; a busy machine may delay it. */
const HEARTBEAT_LIFETIME = "30s";

/** The third field of `/proc/<pid>/stat`: `Z` and `X` are processes that ended and that nobody has collected yet. */
const STATE_FIELD = 2;

/** The 22nd field of `/proc/<pid>/stat`: when the process started, so that a reused pid is no sign of life. */
const START_TIME_FIELD = 21;

/**
 * A Terraform expression (without `${}`), true when the supervisor whose files lie in `run` is alive.
 *
 * Terraform cannot see processes. It can read files: a heartbeat says that the supervisor lived a moment ago, and on
 * Linux `/proc` says at once that it is gone.
 */
export function isAlive(run: string): string {
  const read = (name: string): string => `trimspace(file("${run}/${name}"))`;
  const recent = `try(timecmp(timeadd(${read("heartbeat")}, "${HEARTBEAT_LIFETIME}"), plantimestamp()) > 0, false)`;
  const field = (index: number): string => `split(" ", file("/proc/\${${read("supervisor.pid")}}/stat"))[${index}]`;
  const running = `!contains(["Z", "X"], ${field(STATE_FIELD)})`;
  const sameProcess = `try(${field(START_TIME_FIELD)} == ${read("supervisor.start")} && ${running}, false)`;
  return `${recent} && (fileexists("/proc/self/stat") ? ${sameProcess} : true)`;
}

/**
 * A Terraform expression (without `${}`) that stays the same while the supervisor lives, and is new when it does not:
 * as a replacement trigger it makes a dead gateway visible in a plan.
 */
export function generation(run: string): string {
  return `${isAlive(run)} ? try(trimspace(file("${run}/generation")), plantimestamp()) : plantimestamp()`;
}
