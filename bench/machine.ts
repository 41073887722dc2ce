import { cpus, loadavg, totalmem } from 'node:os';

/** Times mean nothing without it. */
export function describeMachine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg().map((n) => n.toFixed(1));
  return `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, Node ${process.versions.node}, load ${load.join(' ')}`;
}
