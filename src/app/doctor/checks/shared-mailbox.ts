import { hasWorkflow } from '../../../temporal/server-facts';
import { green, red, yellow, type Check, type DoctorContext, type Finding } from '../check';
import { count } from '../count';
import { grantLines } from '../power-shell';
import { unreadable } from '../unreadable';

/** Sessions asked for; more would tell nothing new. */
const ASKED = 40;
const SHOWN = 5;

/** Two installations that write one calendar undo each other's work: events there that no workflow here knows. */
export const sharedMailbox: Check = {
  name: 'mailbox.shared',
  title: 'Microsoft: whose events stand in the mailboxes',
  needsTemporal: true,
  async run(context) {
    const all = await Promise.all(context.mailboxes.map((mailbox) => checkMailbox(context, mailbox)));
    return all.flat();
  },
};

async function checkMailbox(context: DoctorContext, mailbox: string): Promise<Finding[]> {
  const { client, config } = context;
  const { marked, token } = (await context.mailboxFacts(mailbox)).result;
  if (!token.ok || client === null) return [];
  const at = ['mailbox.shared', mailbox] as const;
  if (!marked.ok) {
    const found = unreadable('mailbox.shared', mailbox, marked);
    if (marked.status !== 403) return [found];
    return [{ ...found, mend: grantLines(config, { role: 'Calendars.ReadWrite', key: mailbox }) }];
  }
  const foreign = marked.value.filter(({ platform }) => config.platforms[platform] === undefined);
  const ours = marked.value.filter(({ platform }) => config.platforms[platform] !== undefined);
  const orphans: string[] = [];
  for (const { platform, sessionId } of ours.slice(0, ASKED)) {
    if (!(await hasWorkflow(client, { platform, sessionId }))) orphans.push(`${platform}/${sessionId}`);
  }
  const findings: Finding[] = [];
  if (foreign.length > 0) {
    const platforms = [...new Set(foreign.map(({ platform }) => platform))];
    findings.push(
      red(
        [
          ...at,
          `in this calendar: ${count(foreign.length, 'session')} of another installation (platforms ${platforms.join(', ')})`,
        ],
        'Give each installation a mailbox of its own: test and production must never share one.',
        'If they are left over from a platform that is gone, cancel its events in Outlook.',
      ),
    );
  }
  if (orphans.length > 0) {
    findings.push(
      yellow(
        [
          ...at,
          `in this calendar: ${count(orphans.length, 'session')} without a workflow here (${orphans.slice(0, SHOWN).join(', ')})`,
        ],
        'If another installation uses the same platform key and mailbox, give one of them another mailbox.',
        'If this Temporal is new (a restored machine, another namespace), convoke backfill makes the workflows; they adopt these events and mail nobody.',
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [green(...at, `${count(ours.length, 'session')} in the next weeks, all of them this installation's`)];
}
