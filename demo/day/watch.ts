import { setTimeout as sleep } from 'node:timers/promises';
import { calendarDifferences } from '../checker/calendar-differences';
import { expectCalendar, NOTHING, type Academy, type Expectation, type Rules } from '../checker/expectation';
import { expectMail, mailDifferences } from '../checker/mail-differences';
import { keyOf, type SentMail } from '../checker/mailbox';
import type { House } from '../house/house';
import { TRAINING_DESK } from '../house/settings';

/** Requests that the simulated systems have answered since the step began, as "METHOD /path". */
export interface Traffic {
  readonly graph: readonly string[];
  readonly docebo: readonly string[];
}

export interface Look {
  /** Empty: calendar and mails are what they must be. */
  readonly differences: readonly string[];
  readonly mails: number;
  readonly expectation: Expectation;
}

const LOOK_EVERY_MS = 250;

/** Compares the mailbox with what Docebo's truth asks for, step by step. */
export class Watch {
  private before: Expectation = NOTHING;
  private mailsBefore = 0;
  private deskMails = 0;

  constructor(
    private readonly house: Pick<House, 'docebo' | 'microsoft'>,
    private readonly rules: Rules,
  ) {}

  /**
   * From here on mails and calls count for the next step.
   *
   * @param deskMails how many mails of failures and their end the training desk must get in it.
   */
  async begin(deskMails = 0): Promise<void> {
    this.deskMails = deskMails;
    this.mailsBefore = (await this.house.microsoft.outbox()).length;
    await this.house.docebo.call('DELETE', 'requests');
    await this.house.microsoft.call('DELETE', 'requests');
  }

  /** The step is over: what is expected now is what the next one starts from. */
  accept(look: Look): void {
    this.before = look.expectation;
  }

  async look(): Promise<Look> {
    const { docebo, microsoft } = this.house;
    const academy: Academy = await docebo.truth();
    const all = await microsoft.events(this.rules.organiser, { all: true });
    const sent = await microsoft.outbox(this.mailsBefore);
    const expectation = expectCalendar(academy, this.rules, this.before);
    const keys = new Map(all.map((event) => [event.id, keyOf(event)]));
    const isToDesk = ({ kind, to }: SentMail): boolean => kind === 'mail' && to === TRAINING_DESK;
    const toDesk = sent.filter(isToDesk).length;
    const live = all.filter((event) => event.folder === 'calendar' && !event.isCancelled);
    return {
      expectation,
      mails: sent.length,
      differences: [
        ...calendarDifferences(expectation, live, academy.now),
        ...mailDifferences(
          expectMail(this.before, expectation),
          sent.filter((mail) => !isToDesk(mail)),
          (id) => keys.get(id) ?? null,
        ),
        ...(toDesk === this.deskMails ? [] : [`the training desk got ${toDesk} mails instead of ${this.deskMails}`]),
      ],
    };
  }

  /** Looks until nothing differs or the time is over; answers the last look. */
  async until(limitMs: number): Promise<Look> {
    const giveUpAt = Date.now() + limitMs;
    for (;;) {
      const look = await this.look();
      if (look.differences.length === 0 || Date.now() > giveUpAt) return look;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Waits until all webhooks are out and no system has been asked anything for so long; false: it never came to rest. */
  async untilQuiet(quietMs: number, limitMs: number): Promise<boolean> {
    const giveUpAt = Date.now() + limitMs;
    await this.house.docebo.whenIdle(limitMs);
    let quietSince = Date.now();
    let seen = await this.countRequests();
    while (Date.now() - quietSince < quietMs) {
      if (Date.now() > giveUpAt) return false;
      await sleep(LOOK_EVERY_MS);
      const now = await this.countRequests();
      if (now !== seen) quietSince = Date.now();
      seen = now;
    }
    return true;
  }

  async traffic(): Promise<Traffic> {
    const [docebo, graph] = await Promise.all([requests(this.house.docebo), requests(this.house.microsoft)]);
    return {
      docebo: docebo.filter((request) => !request.includes('/oauth2/')),
      graph: graph.filter((request) => request.includes('/v1.0/')),
    };
  }

  private async countRequests(): Promise<number> {
    const { docebo, graph } = await this.traffic();
    return docebo.length + graph.length;
  }
}

async function requests(simulator: {
  call(method: string, path: string): Promise<unknown>;
}): Promise<readonly string[]> {
  const { requests: seen } = (await simulator.call('GET', 'requests')) as { requests: readonly { request: string }[] };
  return seen.map(({ request }) => request);
}
