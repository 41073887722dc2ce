const hooks = new Set();
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * Runs `hook` (synchronous) should the process end before the returned function is called, be it by a signal:
 * a half-made folder or a running child is not left behind when a person presses Ctrl-C.
 */
export function onEarlyExit(hook) {
  if (hooks.size === 0) listen();
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
    if (hooks.size === 0) stopListening();
  };
}

function listen() {
  process.on('exit', runHooks);
  for (const signal of Object.keys(SIGNALS)) process.on(signal, exitBySignal);
}

function stopListening() {
  process.off('exit', runHooks);
  for (const signal of Object.keys(SIGNALS)) process.off(signal, exitBySignal);
}

function exitBySignal(signal) {
  process.exit(128 + SIGNALS[signal]);
}

function runHooks() {
  for (const hook of hooks) {
    try {
      hook();
    } catch (error) {
      console.error(error);
    }
  }
}
