#!/usr/bin/env node
import { userInfo } from 'node:os';
import { loadEnvFile, readEnv } from '../app/env';
import { loadConfigBeside } from '../app/operator-settings';
import { openOperator } from '../app/open-operator';
import { codecKeysIfAny } from '../app/operator-settings';
import { systemIo } from './io';
import { EXIT } from './exit-codes';
import { runCli } from './run-cli';
import { VERBS } from './verbs';

loadEnvFile();
// `convoke sessions | head` closes the pipe before all is written.
process.stdout.on('error', () => process.exit(EXIT.fine));
process.once('SIGINT', () => process.exit(EXIT.interrupted));
void runCli(process.argv.slice(2), VERBS, {
  io: systemIo(readEnv().all),
  now: () => new Date(),
  user: osUser,
  openOperator: () => openOperator(),
  codecKeyIds: () => codecKeysIfAny().map(({ id }) => id),
  loadConfig: () => loadConfigBeside(),
  async replayer() {
    const { parseHistory, replayHistories } = await import('../app/replay-histories.js');
    return { parse: parseHistory, replay: (entries) => replayHistories(codecKeysIfAny(), entries) };
  },
}).then((code) => {
  process.exitCode = code;
  // Sockets of a system that hangs must not keep a command that has said all it has to say.
  setTimeout(() => process.exit(), 500).unref();
});

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have a number alone.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
