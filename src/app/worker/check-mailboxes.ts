import { ConfigError } from '../../domain/errors';
import type { CalendarStore } from '../../domain/ports';
import type { Config } from '../config/config-types';
import type { Logger } from '../logger';

/**
 * Answers are noted only in a mailbox's primary calendar: anything else is refused at start, for nobody would notice later.
 * A mailbox that cannot be asked now is no reason not to start: its sessions report it.
 */
export async function checkMailboxes(
  config: Config,
  storeOf: (mailbox: string) => Pick<CalendarStore, 'describeCalendar'>,
  logger: Pick<Logger, 'warn'>,
  mailboxes: readonly string[] = Object.keys(config.mailboxes),
): Promise<void> {
  const problems: string[] = [];
  for (const mailbox of mailboxes) {
    const calendarName = config.mailboxes[mailbox]?.calendarName ?? null;
    try {
      const calendar = await storeOf(mailbox).describeCalendar();
      if (!calendar.isDefault || !calendar.talliesResponses) {
        problems.push(
          `mailbox "${mailbox}": its calendar does not note answers. Give a mailbox of a licensed account whose primary calendar is used.`,
        );
      }
      if (calendarName !== null && calendar.name.trim().toLowerCase() !== calendarName.trim().toLowerCase()) {
        problems.push(
          `mailbox "${mailbox}": the calendar name is set to "${calendarName}", but the primary calendar is called "${calendar.name}". Only the primary calendar notes answers: set its name, or leave the setting out.`,
        );
      }
    } catch (err) {
      logger.warn({ err, mailbox }, 'the mailbox could not be checked at start');
    }
  }
  if (problems.length > 0) throw new ConfigError(problems, 'CONFIG_MAILBOX');
}
