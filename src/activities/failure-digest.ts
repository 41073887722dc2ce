import type { CollectAndMailInput, DigestResult } from '../contract/scheduled';
import { blindTo, decideDigest, digestKey, type DigestDecision } from '../domain/failures/decide-digest';
import type { DigestLinks } from '../domain/failures/digest-view';
import type { FailureReading } from '../domain/failures/failure-reading';
import { renderDigest, type DigestTemplates } from '../domain/failures/render-digest';
import { toNotices } from '../domain/failures/to-notices';
import type { Clock, Digest, FailureSources, MailSender } from '../domain/ports';
import { collectNames, type NamesOf } from './failure-digest/collect-names';

export interface DigestPorts {
  readonly failureSources: FailureSources;
  readonly mailSender: MailSender;
  readonly digestSettings: DigestSettings;
  readonly digestLinks: DigestLinks;
  /** Asked only where the settings allow names. */
  readonly namesOf: NamesOf;
  readonly digest: Digest;
  readonly clock: Clock;
  /** For the log. */
  readonly onDigestProblem: (problem: DigestProblem) => void;
}

export interface DigestSettings {
  /** People, distribution lists, other organisations' addresses: all in one mail. Empty: nobody is told. */
  readonly recipients: readonly string[];
  readonly names: 'never' | 'allowed';
  readonly templates: DigestTemplates;
}

export type DigestProblem =
  /** There is something to tell and nobody to tell it to. */
  | { readonly kind: 'untold'; readonly failures: number; readonly recovered: number }
  /** The mail went out, but not to all. */
  | { readonly kind: 'recipients-refused'; readonly count: number };

export function createDigestActivities(ports: DigestPorts) {
  return {
    /**
     * One mail of what fails and what is over, unless there is nothing to tell. Mail first, memory after: when the mail fails, so does the run,
     * and the next one tells the same. A repeat of the activity finds the mail under its key.
     */
    async collectAndMail({ memory }: CollectAndMailInput): Promise<DigestResult> {
      const now = ports.clock.now().toISOString();
      const reading = await readFailures(ports.failureSources);
      const notices = toNotices(reading, now);
      const decision = decideDigest({ notices, memory, now, blind: blindTo(reading) });
      const { failures, recovered, waiting } = decision;
      const quiet = { failing: notices.length, mailed: 0, recovered: 0, untold: 0, refusedRecipients: 0 };

      if (failures.length + recovered.length === 0) return { ...quiet, memory: decision.memory };
      if (ports.digestSettings.recipients.length === 0) {
        ports.onDigestProblem({ kind: 'untold', failures: failures.length, recovered: recovered.length });
        // As if it had not been looked at: whoever is named later hears it at once.
        const untold = failures.length + recovered.length + waiting;
        return { ...quiet, untold, memory: memory ?? { v: 1, sent: {} } };
      }

      const { refused } = await mail(ports, {
        decision,
        furtherSessions: reading.sessions.further,
        key: digestKey(decision, memory, now, ports.digest),
        now,
      });
      if (refused > 0) ports.onDigestProblem({ kind: 'recipients-refused', count: refused });
      return {
        ...quiet,
        mailed: failures.length,
        recovered: recovered.length,
        refusedRecipients: refused,
        memory: decision.memory,
      };
    },
  };
}

async function readFailures(sources: FailureSources): Promise<FailureReading> {
  const [sessions, [health, other]] = await Promise.all([sources.failingSessions(), readOthers(sources)]);
  return { sessions, health, other };
}

async function readOthers(sources: FailureSources): Promise<[FailureReading['health'], FailureReading['other']]> {
  const health = await sources.platformHealth();
  return [health, await sources.otherProblems(health)];
}

async function mail(
  { digestSettings, digestLinks, mailSender, namesOf }: DigestPorts,
  about: {
    readonly decision: DigestDecision;
    readonly furtherSessions: number;
    readonly key: string;
    readonly now: string;
  },
): Promise<{ readonly refused: number }> {
  const { recipients, names, templates } = digestSettings;
  const { decision, furtherSessions, key, now } = about;
  const known = names === 'allowed' ? await collectNames(decision.failures, namesOf) : new Map<string, never>();
  const rendered = renderDigest(templates, { decision, furtherSessions, now, links: digestLinks, names: known });
  return mailSender.send({ to: recipients, key, ...rendered });
}
