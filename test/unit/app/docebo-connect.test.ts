import { configure, problemsOf, yamlWith } from './some-configuration';

const ROWS = {
  'CALENDAR NAME': 'Calendar',
  'DELETE WEBHOOK STORED BY MORE THAN X SECONDS': 3600,
  ADD_INSTRUCTOR_FLAG: false,
  NOTIFICATION_MAIL_ID: 'desk@example.com',
};
const CSV = `Integration,Key,Value
MSOUTLOOK,CALENDAR NAME,Calendar
ZOOM,ADD_INSTRUCTOR_FLAG,maybe
MSOUTLOOK,DELETE WEBHOOK STORED BY MORE THAN X SECONDS,3600
msoutlook ,ADD_INSTRUCTOR_FLAG,False
MSOUTLOOK,NOTIFICATION_MAIL_ID,desk@example.com
`;
const withRows = (rows: Readonly<Record<string, unknown>>, others: Readonly<Record<string, unknown>> = {}) =>
  yamlWith({ doceboConnect: rows, ...others });
const withTable = (csv: string) => ({
  yaml: yamlWith({ doceboConnect: { lookupTable: 'settings.csv' } }),
  files: { 'settings.csv': csv },
});

describe('the settings of Docebo Connect', () => {
  test.each([
    ['rows in convoke.yaml', { yaml: withRows(ROWS) }, 'convoke.yaml line 13, doceboConnect.DELETE'],
    ['their exported table', withTable(CSV), 'settings.csv line 4, DELETE'],
    [
      'a table with semicolons and CRLF',
      withTable(CSV.replaceAll(',', ';').replaceAll('\n', '\r\n')),
      'settings.csv line 4',
    ],
    ['a table with tabs and a byte order mark', withTable(`\uFEFF${CSV.replaceAll(',', '\t')}`), 'settings.csv line 4'],
    [
      'a table with other columns too',
      withTable(
        CSV.split('\n')
          .map((line) => (line === '' ? '' : `x,${line},y`))
          .join('\n'),
      ),
      'settings.csv line 4',
    ],
  ])('are taken from %s', (_how, situation, place) => {
    const { config } = configure(situation);

    expect(config.mailboxes.training?.calendarName).toBe('Calendar');
    expect(config.platforms.academy?.settings.plan.addInstructors).toBe(false);
    expect(config.notifications.failureRecipients).toEqual(['desk@example.com']);
    expect(config.pace.hintMemoryMs).toBe(7 * 86_400_000);
    expect(config.notices[0]).toEqual(
      expect.stringMatching(
        new RegExp(
          `^${place}.* is 1h: accepted, but Convoke remembers message ids for 7d, so that late repetitions are known as such \\(pace\\.hintMemory changes that\\)\\.$`,
        ),
      ),
    );
  });

  test.each([true, 'true', 'TRUE', 'True'])('take the flag as %j', (flag) => {
    const { config } = configure({ yaml: withRows({ ADD_INSTRUCTOR_FLAG: flag }) });

    expect(config.platforms.academy?.settings.plan.addInstructors).toBe(true);
  });

  it('lengthen the memory of message ids, and never shorten it', () => {
    const memoryOf = (seconds: number | string, pace = {}) =>
      configure({ yaml: withRows({ 'DELETE WEBHOOK STORED BY MORE THAN X SECONDS': seconds }, { pace }) }).config.pace
        .hintMemoryMs;

    expect(memoryOf(1_209_600)).toBe(14 * 86_400_000);
    expect(memoryOf('604800')).toBe(7 * 86_400_000);
    expect(memoryOf(3600, { hintMemory: '2h' })).toBe(7_200_000);
    expect(memoryOf(3600, { hintMemory: '1h' })).toBe(3_600_000);
  });

  it('may say what convoke.yaml says', () => {
    const { config } = configure({
      yaml: withRows(ROWS, {
        mailboxes: { training: { calendarName: 'Calendar' } },
        platforms: { academy: { addInstructors: false } },
        notifications: { failureRecipients: ['boss@example.com', 'Desk@example.com'] },
      }),
    });

    expect(config.notifications.failureRecipients).toEqual(['boss@example.com', 'Desk@example.com']);
  });
});

describe('a wrong setting of Docebo Connect', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { ADD_INSTRUCTOR_FLAG: 'yes' },
      'convoke.yaml line 12, doceboConnect.ADD_INSTRUCTOR_FLAG: is "yes"; write true or false',
    ],
    [{ ADD_INSTRUCTOR_FLAG: 1 }, 'convoke.yaml line 12, doceboConnect.ADD_INSTRUCTOR_FLAG: is 1; write true or false'],
    [
      { 'DELETE WEBHOOK STORED BY MORE THAN X SECONDS': '1h' },
      'convoke.yaml line 12, doceboConnect.DELETE WEBHOOK STORED BY MORE THAN X SECONDS: is "1h"; write a whole number of seconds such as 3600',
    ],
    [
      { 'DELETE WEBHOOK STORED BY MORE THAN X SECONDS': 0 },
      'convoke.yaml line 12, doceboConnect.DELETE WEBHOOK STORED BY MORE THAN X SECONDS: is "0"; write a whole number of seconds such as 3600',
    ],
    [
      { NOTIFICATION_MAIL_ID: 'Jane Doe' },
      'convoke.yaml line 12, doceboConnect.NOTIFICATION_MAIL_ID: is something else; write one mail address; a distribution list has one as well',
    ],
    [
      { 'CALENDAR NAME': ' ' },
      'convoke.yaml line 12, doceboConnect.CALENDAR NAME: is empty; fill it in or take the row out',
    ],
    [
      { CALENDAR_NAME: 'Calendar' },
      'convoke.yaml line 12, doceboConnect.CALENDAR_NAME: there is no such setting (did you mean "CALENDAR NAME"?)',
    ],
    [
      { lookupTable: 'settings.csv' },
      'convoke.yaml line 12, doceboConnect.lookupTable: the file settings.csv cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
  ])('is explained: %j', (rows, problem) => {
    expect(problemsOf({ yaml: withRows(rows) })).toEqual([problem]);
  });

  test.each([
    [
      'Integration,Key\nMSOUTLOOK,x\n',
      'settings.csv: has no column value; export the table integration-settings with its columns Integration, Key and Value',
    ],
    [
      '',
      'settings.csv: has no column integration and key and value; export the table integration-settings with its columns Integration, Key and Value',
    ],
    [
      'Integration,Key,Value\nZOOM,a,b\n',
      'settings.csv: has no row of MSOUTLOOK; is it the table integration-settings?',
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,CALENDER NAME,x\n',
      'settings.csv line 2, CALENDER NAME: there is no such setting of Docebo Connect for Outlook (did you mean "CALENDAR NAME"?)',
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,TIMEZONE,x\n',
      'settings.csv line 2, TIMEZONE: there is no such setting of Docebo Connect for Outlook; known are CALENDAR NAME, DELETE WEBHOOK STORED BY MORE THAN X SECONDS, ADD_INSTRUCTOR_FLAG, NOTIFICATION_MAIL_ID',
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,NOTIFICATION_MAIL_ID\n',
      'settings.csv line 2, NOTIFICATION_MAIL_ID: is empty; fill it in or take the row out',
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,CALENDAR NAME,a\nMSOUTLOOK,CALENDAR NAME,b\n',
      'settings.csv line 3, CALENDAR NAME: differs from settings.csv line 2, CALENDAR NAME; keep one of the two',
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,"CALENDAR NAME,a\n',
      expect.stringMatching(/^settings\.csv: cannot be read as CSV \(/) as string,
    ],
    [
      'Integration,Key,Value\nMSOUTLOOK,CALENDAR NAME,a,b\n',
      expect.stringMatching(/^settings\.csv: cannot be read as CSV \(/) as string,
    ],
  ])('of the exported table is explained: %j', (csv, problem) => {
    expect(problemsOf(withTable(csv))).toEqual([problem]);
  });

  it('is a table beside rows', () => {
    const yaml = withRows({ lookupTable: 'settings.csv', 'CALENDAR NAME': 'Calendar' });

    expect(problemsOf({ yaml, files: { 'settings.csv': CSV } })).toEqual([
      'convoke.yaml line 11, doceboConnect: has both lookupTable and rows of its own; keep one of the two',
    ]);
  });
});

describe('a contradiction between Docebo Connect’s settings and convoke.yaml', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'calendar name',
      { mailboxes: { training: { calendarName: 'Training' } } },
      'convoke.yaml line 8, mailboxes.training.calendarName: is "Training", but settings.csv line 2, CALENDAR NAME is "Calendar"; make them the same or take one out',
    ],
    [
      'instructors',
      { platforms: { academy: { addInstructors: true } } },
      'convoke.yaml line 5, platforms.academy.addInstructors: is true, but settings.csv line 5, ADD_INSTRUCTOR_FLAG is false; make them the same or take one out',
    ],
    [
      'memory',
      { pace: { hintMemory: '10m' } },
      'convoke.yaml line 14, pace.hintMemory: is 10m, but settings.csv line 4, DELETE WEBHOOK STORED BY MORE THAN X SECONDS is 1h; make them the same or take one out',
    ],
    [
      'recipients, whose addresses are not repeated',
      { notifications: { failureRecipients: ['boss@example.com'] } },
      'convoke.yaml line 14, notifications.failureRecipients: lacks the address of settings.csv line 6, NOTIFICATION_MAIL_ID; add it to the list or take one of the two out',
    ],
  ])('is refused: %s', (_what, others, problem) => {
    const yaml = withRows({ lookupTable: 'settings.csv' }, others);

    expect(problemsOf({ yaml, files: { 'settings.csv': CSV } })).toEqual([problem]);
  });
});
