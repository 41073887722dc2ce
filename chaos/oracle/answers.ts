import type { DoceboSimulator } from '../../simulators/docebo/server';
import type { MicrosoftSimulator } from '../../simulators/microsoft/server';
import { defaultCalendarOf } from '../../simulators/microsoft/state/simulator-state';
import { MAILBOX } from '../world/settings';
import { keyOf } from '../../demo/checker/mailbox';
import { propertyName } from '../../simulators/microsoft/calendar/extended-properties';

/** Outlook's words in Docebo's. */
const WORDS: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  tentativelyAccepted: 'tentative',
  declined: 'declined',
};

/**
 * Learners whose answer stands on the event and is not the last one that Docebo was told. What Exchange forgot when a meeting moved is asked
 * of nobody.
 */
export function answerDifferences(docebo: DoceboSimulator, microsoft: MicrosoftSimulator): string[] {
  const { state } = microsoft;
  const { state: academy } = docebo.academy;
  const mailbox = state.findMailbox(MAILBOX.address)!;
  const last = new Map(academy.answers.map((a) => [`${a.sessionId}/${a.eventId} ${a.userId}`, a.answer]));
  const differences: string[] = [];
  for (const event of state.events.of(mailbox.id)) {
    if (event.container !== defaultCalendarOf(mailbox) || event.isCancelled) continue;
    const named = event.extendedProperties.map((p) => [propertyName(p.id) ?? p.id, p.value] as const);
    const key = keyOf({ extendedProperties: Object.fromEntries(named) });
    const learners = (academy.enrolments[Number(key?.split('/')[0])] ?? []).filter((row) => row.status === 'active');
    for (const { address, response } of event.attendees) {
      const wanted = WORDS[response];
      const users = Object.values(academy.users).filter((user) => user.email.toLowerCase() === address.toLowerCase());
      const learner = learners.find(({ userId }) => users.some(({ id }) => id === userId));
      if (key === null || wanted === undefined || learner === undefined) continue;
      const told = last.get(`${key} ${learner.userId}`) ?? 'nothing';
      if (told !== wanted)
        differences.push(`event ${key}: user ${learner.userId} answered "${wanted}", Docebo was told "${told}"`);
    }
  }
  return differences;
}
