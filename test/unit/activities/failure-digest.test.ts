import {
  createDigestActivities,
  type DigestProblem,
  type DigestSettings,
} from '../../../src/activities/failure-digest';
import { createNamesOf, type NamesOf } from '../../../src/activities/failure-digest/collect-names';
import type { DigestResult } from '../../../src/contract/scheduled';
import { AccessError, UpstreamError } from '../../../src/domain/errors';
import type { DigestMemory } from '../../../src/domain/failures/failure-notice';
import type { FailureReading } from '../../../src/domain/failures/failure-reading';
import { FakeFailureSources } from '../../fakes/fake-failure-sources';
import { FakeMailSender } from '../../fakes/fake-mail-sender';
import { FakeTrainingSource } from '../../fakes/fake-training-source';
import { aLearner, aPerson, digest, someFacts } from '../../support/builders';
import { aFailingSession, aReading, hoursFromNow, LINKS, shippedTemplates } from '../domain/failures/builders';

const RECIPIENTS = ['desk@academy.example', 'all-trainers@academy.example', 'partner@elsewhere.example'];
const LOST = new UpstreamError('no answer', { code: 'GRAPH_UNAVAILABLE' });
const WELL = aReading();

function failing(...codes: string[]): FailureReading {
  return aReading({ sessions: { sessions: codes.map((code, i) => aFailingSession({ code, sessionId: String(i) })) } });
}

/** The activity before a mail server in memory, with a clock that tests turn. */
class Desk {
  readonly mailSender = new FakeMailSender();
  readonly sources = new FakeFailureSources(WELL);
  readonly problems: DigestProblem[] = [];
  memory: DigestMemory | null = null;
  settings: DigestSettings = { recipients: RECIPIENTS, names: 'never', templates: shippedTemplates() };
  namesOf: NamesOf = () => Promise.reject(new Error('nobody asked for names'));

  /** The run of so many hours later; its memory is kept as the schedule does. */
  async run(hours: number, reading?: FailureReading): Promise<Omit<DigestResult, 'memory'>> {
    if (reading !== undefined) this.sources.reading = reading;
    const activities = createDigestActivities({
      failureSources: this.sources,
      mailSender: this.mailSender,
      digestSettings: this.settings,
      digestLinks: LINKS,
      namesOf: (ref) => this.namesOf(ref),
      digest,
      clock: { now: () => new Date(hoursFromNow(hours)) },
      onDigestProblem: (problem) => this.problems.push(problem),
    });
    const { memory, ...counts } = await activities.collectAndMail({ memory: this.memory });
    this.memory = JSON.parse(JSON.stringify(memory)) as DigestMemory;
    return counts;
  }

  subjects(): string[] {
    return this.mailSender.mails.map(({ subject }) => subject.replace('Convoke: ', ''));
  }
}

const NOTHING = { failing: 0, mailed: 0, recovered: 0, untold: 0, refusedRecipients: 0 };
const ACCESS = 'Microsoft Graph refuses access to mailbox "training" (1 session)';
const ACCESS_SOLVED = 'solved: Microsoft Graph refuses access to mailbox "training"';

describe('the failure digest', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });

  it('mails nothing when there is nothing to say', async () => {
    expect(await desk.run(0)).toEqual(NOTHING);
    expect(desk.mailSender.mails).toEqual([]);
    expect(desk.memory).toEqual({ v: 1, sent: {} });
  });

  it('tells everybody in one mail', async () => {
    expect(await desk.run(0, failing('GRAPH_ACCESS', 'GRAPH_ACCESS', 'DOCEBO_TOKEN'))).toEqual({
      ...NOTHING,
      failing: 2,
      mailed: 2,
    });

    expect(desk.mailSender.mails).toMatchObject([
      {
        to: RECIPIENTS,
        subject: 'Convoke: Microsoft Graph refuses access to mailbox "training" (2 sessions), and 1 other problem',
        html: expect.stringContaining(
          'https://temporal.example.com/namespaces/convoke/workflows/session%2Facademy%2F0',
        ) as string,
        text: expect.stringContaining('What to do:') as string,
      },
    ]);
  });

  it('tells a failure once a day while it lasts, and its end once', async () => {
    const told: number[] = [];
    for (let hour = 0; hour <= 49; hour++) {
      const { mailed } = await desk.run(hour, failing('GRAPH_ACCESS'));
      if (mailed > 0) told.push(hour);
    }
    for (let hour = 50; hour <= 80; hour++) {
      const { recovered } = await desk.run(hour, WELL);
      if (recovered > 0) told.push(hour);
    }

    expect(told).toEqual([0, 24, 48, 50]);
    expect(desk.subjects()).toEqual([ACCESS, `still: ${ACCESS}`, `still: ${ACCESS}`, ACCESS_SOLVED]);
    expect(desk.memory).toEqual({ v: 1, sent: {} });
  });

  it('tells the next run’s people what a mail that failed did not', async () => {
    const refused = new AccessError('no right', { code: 'MAIL_ACCESS' });
    desk.mailSender.failures.push({ error: refused, taken: false });

    await expect(desk.run(0, failing('GRAPH_ACCESS'))).rejects.toBe(refused);
    expect(desk.memory).toBeNull();
    expect(await desk.run(1)).toMatchObject({ mailed: 1 });

    expect(desk.subjects()).toEqual([ACCESS]);
  });

  it.each<[string, FailureReading, DigestMemory | null, string]>([
    ['failure', failing('GRAPH_ACCESS'), null, ACCESS],
    [
      'recovery',
      WELL,
      {
        v: 1,
        sent: { 'GRAPH_ACCESS mailbox/training': { at: hoursFromNow(-3), since: hoursFromNow(-3), open: true } },
      },
      ACCESS_SOLVED,
    ],
  ])('tells a %s once although the answer of the mail server was lost', async (_what, reading, memory, subject) => {
    desk.memory = memory;
    desk.mailSender.failures.push({ error: LOST, taken: true });

    await expect(desk.run(0, reading)).rejects.toBe(LOST);
    await desk.run(0);
    await desk.run(1);

    expect(desk.subjects()).toEqual([subject]);
  });

  it('keeps quiet, and what it knows, while the sources cannot be read', async () => {
    await desk.run(0, failing('GRAPH_ACCESS'));
    const before = desk.memory;
    desk.sources.failure = LOST;

    await expect(desk.run(1, WELL)).rejects.toBe(LOST);

    expect(desk.memory).toBe(before);
    expect(desk.subjects()).toEqual([ACCESS]);
  });

  it('takes no failure for over while not all was looked into', async () => {
    await desk.run(0, failing('GRAPH_ACCESS'));

    expect(await desk.run(1, aReading({ sessions: { further: 3 } }))).toEqual(NOTHING);
    expect(await desk.run(2, WELL)).toMatchObject({ recovered: 1 });
  });

  it('counts and logs what nobody is named to hear, and tells it as soon as somebody is', async () => {
    desk.settings = { ...desk.settings, recipients: [] };

    expect(await desk.run(0, failing('GRAPH_ACCESS'))).toEqual({ ...NOTHING, failing: 1, untold: 1 });
    expect(desk.problems).toEqual([{ kind: 'untold', failures: 1, recovered: 0 }]);

    desk.settings = { ...desk.settings, recipients: RECIPIENTS };
    expect(await desk.run(1)).toMatchObject({ mailed: 1, untold: 0 });
  });

  it('keeps its memory while nobody is named', async () => {
    await desk.run(0, failing('GRAPH_ACCESS'));
    const before = desk.memory;
    desk.settings = { ...desk.settings, recipients: [] };

    expect(await desk.run(1, WELL)).toMatchObject({ untold: 1 });
    expect(desk.memory).toEqual(before);
  });

  it('counts and logs recipients that were turned down', async () => {
    desk.mailSender.refused = 1;

    expect(await desk.run(0, failing('GRAPH_ACCESS'))).toMatchObject({ mailed: 1, refusedRecipients: 1 });
    expect(desk.problems).toEqual([{ kind: 'recipients-refused', count: 1 }]);
  });

  it('tells in the next mail what found no room', async () => {
    const codes = Array.from({ length: 25 }, (_, i) => `DOCEBO_NEW_${i}`);

    expect(await desk.run(0, failing(...codes))).toMatchObject({ failing: 25, mailed: 20 });
    expect(await desk.run(1)).toMatchObject({ failing: 25, mailed: 5 });
    expect(await desk.run(2)).toMatchObject({ failing: 25, mailed: 0 });
    expect(desk.mailSender.mails[0]?.text).toContain('5 more causes follow in the next mail.');
  });
});

describe('names in failure mails', () => {
  const academy = new FakeTrainingSource('academy');
  academy.put(
    someFacts({
      session: { sessionId: '0', name: 'Rome' },
      course: { name: 'Forklift safety' },
      enrolments: [aLearner('1'), aLearner('2', { standing: 'waiting' }), aLearner('3', { level: 'instructor' })],
      people: [aPerson('1', { name: 'Ana' }), aPerson('2', { name: 'Ben' }), aPerson('3', { name: 'Cleo' })],
    }),
  );
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
    desk.namesOf = createNamesOf(() => academy);
    academy.failure = null;
    academy.calls.length = 0;
  });
  const mailText = () => desk.mailSender.mails.map(({ html, text, subject }) => html + text + subject).join('');

  it('are neither shown nor asked for by default', async () => {
    await desk.run(0, failing('GRAPH_ACCESS'));

    expect(mailText()).not.toMatch(/Rome|Forklift|Ana|Ben|Cleo/);
    expect(academy.calls).toEqual([]);
  });

  it('are those of course, session and learners where they are allowed', async () => {
    desk.settings = { ...desk.settings, names: 'allowed' };

    await desk.run(0, failing('GRAPH_ACCESS'));

    expect(mailText()).toMatch(/Forklift safety: Rome/);
    expect(mailText()).toMatch(/Ana/);
    expect(mailText()).not.toMatch(/Ben|Cleo/);
  });

  it('are left out where Docebo cannot be asked; it is asked once', async () => {
    desk.settings = { ...desk.settings, names: 'allowed' };
    academy.failure = new UpstreamError('down', { code: 'DOCEBO_UNAVAILABLE' });

    expect(await desk.run(0, failing('DOCEBO_UNAVAILABLE', 'DOCEBO_UNAVAILABLE'))).toMatchObject({ mailed: 1 });

    expect(academy.calls).toEqual(['readSession']);
    expect(mailText()).toContain('Session 0 of academy');
  });

  it('are left out for a session that is gone, and are asked for a few only', async () => {
    desk.settings = { ...desk.settings, names: 'allowed' };
    const codes = Array.from({ length: 9 }, () => 'GRAPH_ACCESS');

    await desk.run(0, failing(...codes));

    expect(academy.calls.filter((call) => call === 'readSession')).toHaveLength(5);
    expect(mailText()).toContain('Forklift safety: Rome');
  });
});
