import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { runCases } from '../../fuzz/run-cases';
import { MARK } from '../../fuzz/fuzz-case';
import { createReadWebhook } from '../../src/adapters/docebo/webhook/webhook';
import { loadProfile } from '../../src/adapters/docebo/profile/profile';
import v1 from '../../profiles/assumed-v1.json';
import { FakeMailboxWatch } from '../fakes/fake-mailbox-watch';
import { anApp, basic, closeApps } from './an-app';

afterEach(closeApps);

const CASES = 2_000;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

it.each([7, 11])(
  'answers whatever comes with a reason, and stores every good message among it (seed %d)',
  async (seed) => {
    const lines: string[] = [];
    const watch = new FakeMailboxWatch();
    const { app, hints } = anApp({
      platforms: {
        academy: {
          readWebhook: createReadWebhook(loadProfile(v1, 'assumed-v1.json'), { digest }),
          credentials: [{ user: 'docebo', password: 'right' }],
          originalDomain: 'academy.example',
        },
      },
      notifications: { clientStates: { training: 'a-secret', quiet: 'another' }, watch },
      logger: { level: 'debug', stream: { write: (line: string) => void lines.push(line) } },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const target = {
      ...{ platform: 'academy', authorization: basic('docebo', 'right'), domain: 'academy.example' },
      ...{ mailbox: 'training', clientState: 'a-secret', quietMailbox: 'quiet' },
    };
    const stored = new Set<string>();
    hints.behave(async ({ platform, batch: { target: of } }) => {
      if (of.kind === 'session') stored.add(`session/${platform}/${of.sessionId}`);
    });
    const isStored = (id: string): boolean =>
      stored.has(id) || (id === 'subscription/training' && watch.stored.length > 0);

    const tally = await runCases({
      ...{ seed, from: 0, count: CASES / 2, port, target },
      isStored,
    });

    // How long an answer took tells of the machine here; `npm run fuzz` judges it.
    expect(tally.faults.filter((fault) => !/: slow: \d+ ms$/.test(fault))).toEqual([]);
    expect(tally.outcomes.get('200')).toBeGreaterThan(CASES / 10);
    expect(tally.outcomes.get('202')).toBeGreaterThan(CASES / 50);
    expect(new Set(watch.stored.map(({ mailbox }) => mailbox))).toEqual(new Set(['training']));
    expect(tally.outcomes.size).toBeGreaterThan(15);
    expect(lines.filter((line) => line.includes(MARK))).toEqual([]);
    expect(lines.filter((line) => line.includes('BUG_'))).toEqual([]);
  },
);
