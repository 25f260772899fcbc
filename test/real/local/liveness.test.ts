import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../../../constructs/local-gateway/liveness";
import { tempProject } from "../../support/temp-project";
import { all, describeReal, program } from "../support/real-part";

jest.setTimeout(60_000);

const project = tempProject();
const linux = process.platform === "linux" ? ({ available: true } as const) : { reason: "there is no /proc here" };
const children: ChildProcess[] = [];

/** What Terraform makes of the files that a supervisor with this pid left, its heartbeat being of now. */
function alive(pid: number, startTime = startTimeOf(pid)): string {
  for (const [name, text] of Object.entries({
    heartbeat: new Date().toISOString(),
    "supervisor.pid": `${pid}`,
    "supervisor.start": startTime,
  })) {
    writeFileSync(join(project.folder, name), `${text}\n`);
  }
  // The console has no plan, and so no time of one.
  const expression = isAlive(project.folder).replaceAll("plantimestamp()", "timestamp()");
  const { stdout } = spawnSync("terraform", ["console"], {
    cwd: project.folder,
    input: `${expression}\n`,
    encoding: "utf8",
  });
  return stdout.trim();
}

function startTimeOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[21] ?? "";
}

function started(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

describeReal(
  "Terraform's own functions see",
  all(program("terraform", ["version"]), program("python3", ["--version"]), linux),
  () => {
    test("a process that lives, and not one that took over its pid", () => {
      const { pid = 0 } = started("sleep", ["60"]);

      expect(alive(pid)).toBe("true");
      expect(alive(pid, "1")).toBe("false");
    });

    test("one that ended and that nobody has collected", async () => {
      const script = [
        "import os, time",
        "child = os.fork()",
        "if child == 0: os._exit(0)",
        "os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)",
        "print(child, flush=True)",
        "time.sleep(60)",
      ];
      const [line] = (await once(started("python3", ["-c", script.join("\n")]).stdout, "data")) as [Buffer];

      expect(readFileSync(`/proc/${Number(line)}/stat`, "utf8")).toMatch(/\) Z /);
      expect(alive(Number(line))).toBe("false");
    });
  },
);
