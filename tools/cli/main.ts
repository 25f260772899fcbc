#!/usr/bin/env node
import { compileLess } from "./compile-less";
import type { Io } from "./io";
import { run } from "./run";

// A reader such as `head` may close the pipe early; that is not our failure. A full disk is, and no defect of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    if (stream === process.stdout) process.stderr.write(`error: cannot write the output: ${error.message}\n`);
    process.exitCode = 1;
  });
}

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  cwd: process.cwd(),
  now: Date.now,
  endsSoon: compileLess,
};

run(process.argv.slice(2), io).then((code) => {
  process.exitCode ||= code;
});
