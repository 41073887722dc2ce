import type { CalendarFacts, Looked, MailboxFacts } from '../../../domain/inspection/facts';
import { green, red, yellow, type Check, type DoctorContext, type Finding } from '../check';
import { consentClick, grantLines, testLine } from '../power-shell';
import { unreadable } from '../unreadable';

/** The mailbox's primary calendar is reachable and right, and no other mailbox is. */
export const mailboxCalendar: Check = {
  name: 'mailbox',
  title: 'Microsoft: mailboxes',
  needsTemporal: false,
  async run(context) {
    const all = await Promise.all(
      context.mailboxes.map(async (mailbox) => {
        const { result } = await context.mailboxFacts(mailbox);
        // Without a token nothing can be told; one red line says so.
        if (!result.token.ok) return [];
        return [...judgeCalendar(context, mailbox, result.calendar), ...judgeOther(context, mailbox, result)];
      }),
    );
    return all.flat();
  },
};

function judgeCalendar({ config }: DoctorContext, mailbox: string, calendar: Looked<CalendarFacts>): Finding[] {
  const check = 'mailbox.calendar';
  const { calendarName = null } = config.mailboxes[mailbox] ?? {};
  if (!calendar.ok) {
    const found = unreadable(check, mailbox, calendar);
    if (calendar.status !== 403) return [found];
    return [{ ...found, mend: grantLines(config, { role: 'Calendars.ReadWrite', key: mailbox }) }];
  }
  const { name, isDefault, talliesResponses, canEdit } = calendar.value;
  const wrong = [
    ...(isDefault ? [] : ['is not the primary one']),
    ...(talliesResponses ? [] : ['does not note answers']),
    ...(canEdit ? [] : ['may not be written']),
  ];
  const findings =
    wrong.length === 0
      ? [green(check, mailbox, 'the primary calendar: it notes answers and may be written')]
      : [
          red(
            [check, mailbox, `the calendar ${wrong.join(', ')}`],
            'Microsoft 365 admin center > Users > the mailbox > Licenses: it needs Exchange Online; name a licensed account of its own in convoke.yaml.',
            ...(canEdit ? [] : grantLines(config, { role: 'Calendars.ReadWrite', key: mailbox })),
          ),
        ];
  if (calendarName === null || sameName(name, calendarName)) return findings;
  return [
    ...findings,
    red(
      [
        'mailbox.calendar-name',
        mailbox,
        `the primary calendar is called ${JSON.stringify(name)}, not ${JSON.stringify(calendarName)}`,
      ],
      `Set mailboxes.${mailbox}.calendarName in convoke.yaml to its name, or leave it out: only the primary calendar notes answers.`,
    ),
  ];
}

function judgeOther({ config, triesOther }: DoctorContext, mailbox: string, { other, token }: MailboxFacts): Finding[] {
  const at = ['mailbox.no-other', mailbox] as const;
  const roles = token.ok ? (token.value?.roles ?? []) : [];
  if (!triesOther || other === null) {
    return [
      yellow(
        [...at, 'not tried whether the app reaches other mailboxes'],
        'Run it again with --other-mailbox somebody@your-domain: a mailbox that Convoke has no business in.',
      ),
    ];
  }
  if (!other.ok) {
    return [
      yellow(
        [...at, `the other mailbox could be neither read nor was it refused (${other.code})`],
        'Name another one, of somebody who has a licence for Exchange Online.',
      ),
    ];
  }
  if (other.value === 'refused') return [green(...at, 'another mailbox is out of reach (403)')];
  return [
    red(
      [...at, 'the app reads the calendar of another mailbox: it reaches more than its own'],
      roles.length > 0
        ? `${consentClick(config, mailbox, roles)}.`
        : "Narrow the scope in Exchange Online PowerShell: Get-ManagementRoleAssignment -RoleAssignee <object id>, then Set-ManagementScope 'Convoke mailboxes' -RecipientRestrictionFilter ...",
      testLine('<the other mailbox>'),
    ),
  ];
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
