import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../oracle/mail-rules';
import type { Stage } from './stage';

/** Beside the programs' logs and Temporal's database: what was done, what was mailed, how both sides ended. */
export function keepEvidence(stage: Stage, folder: string, violations: readonly Violation[]): void {
  const { world, trail } = stage;
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  write('violations.txt', violations.map(({ rule, what }) => `${rule}: ${what}\n`).join(''));
  write('trail.txt', `${trail.join('\n')}\n`);
  write('outbox.json', world.microsoft.state.data.outbox);
  write('docebo.json', world.docebo.academy.state);
  write('microsoft.json', world.microsoft.state.save());
  write('webhooks.json', world.docebo.tenant.sender.deliveries());
  write('requests.json', { docebo: world.docebo.faults.requests(), microsoft: world.microsoft.faults.requests() });
}
