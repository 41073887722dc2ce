import { spawn } from 'node:child_process';
import { onEarlyExit } from './exit-hooks.mjs';

/**
 * Runs a program and keeps what it prints. Never throws: a program that cannot be started answers with `error`.
 * `signal` (AbortSignal) ends it together with its own children; it then answers with `stopped`, the signal's reason.
 */
export function capture(program, args, { cwd, env, signal, onLine } = {}) {
  return new Promise((resolve) => {
    // A group of its own: what the program starts ends with it.
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8');
      child[stream].on('data', (text) => {
        output[stream] += text;
        if (onLine) for (const line of text.split('\n')) if (line.trim()) onLine(line.trim());
      });
    }
    const kill = () => killGroup(child.pid);
    const settled = onEarlyExit(kill);
    signal?.addEventListener('abort', kill, { once: true });
    const finish = (result) => {
      settled();
      signal?.removeEventListener('abort', kill);
      resolve({ ...output, stopped: signal?.aborted ? signal.reason : undefined, ...result });
    };
    child.on('error', (error) => finish({ code: null, error }));
    child.on('close', (code) => finish({ code }));
  });
}

/**
 * Runs a program that talks to the terminal itself. Answers its exit status, 128 + n when signal n ended it. Signals are
 * passed on to it, so that it can stop cleanly.
 */
export function runAttached(program, args, { cwd, env, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio });
    const forward = (signal) => {
      // Ctrl-C in a terminal reaches the whole process group: a second signal would mean "at once" to the child.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const stopWatch = onOrphaned(() => child.kill('SIGTERM'));
    const settle = () => {
      stopWatch();
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, signal) => {
      settle();
      resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0));
    });
  });
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * npm passes a signal to the shell that runs the script, and a shell that it ends passes nothing on: losing the parent is
 * all that is left to notice.
 */
function onOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  return () => clearInterval(timer);
}

function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: it has ended already.
  }
}

/** The last lines that a failed program printed, on one line: enough to tell why. */
export function lastWords({ error, stderr, stdout }, lines = 3) {
  if (error) return error.message;
  const said = (stderr.trim() || stdout.trim()).split('\n').map((line) => line.trim());
  return said.slice(-lines).join(' | ') || 'it printed nothing';
}
