import { execFile } from 'node:child_process';

/** Runs a program to its end and answers what it said. Unlike lib/child.mjs it leaves signals alone: the cluster stops in an order of its own. */
export function runProgram(program, args, env = process.env) {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: 120_000, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ ok: error === null, stdout, stderr }),
    );
  });
}
