import type { Execution } from './operator';

const EXECUTIONS: readonly Execution[] = [
  'running',
  'completed',
  'failed',
  'canceled',
  'terminated',
  'continued_as_new',
  'timed_out',
];

/** The SDK's `RUNNING` or the server's `Running`. */
export function toExecution(name: string): Execution {
  const plain = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return EXECUTIONS.find((execution) => execution === (plain === 'cancelled' ? 'canceled' : plain)) ?? 'unknown';
}
