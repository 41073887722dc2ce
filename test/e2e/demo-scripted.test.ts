import { DemoProcess } from '../support/demo-process';

/** The longest test of all: two minutes, in which the product does in public what it is for. */
const LIMIT_MS = 300_000;

const STEPS = [
  'the academy is set up: 20 sessions, 300 learners',
  'a session of three days is published',
  'a learner enrols',
  'a class of 60 is imported at once',
  'a day moves: later, and into another room',
  'another instructor takes over',
  "a course's description is rewritten",
  'a learner gives the seat back',
  'a learner is taken off a learning plan',
  'webhooks come twice and in the wrong order',
  'a message of the morning comes once more',
  "a webhook is ahead of Docebo's API",
  'the worker is killed between create and answer',
  'a course is switched off: nothing happens yet',
  '... until one of its sessions changes',
  'a session is deleted',
  "a session's workflow is terminated, then adopted",
  '... and it goes on from there',
  'learners answer in Outlook, and Docebo knows',
  'a webhook is lost, and the sweep makes up for it',
  'the template breaks: told once, and its end too',
  'Microsoft refuses access: told once, and its end too',
];

test(
  'the scripted day: after each step the calendar and the outbox are what Docebo asks for, and nothing more follows',
  async () => {
    const demo = new DemoProcess(['--scripted']);
    const exitCode = await demo.whenEnded();

    const lines = demo.output.split('\n').filter((line) => / (ok|WRONG)$/.test(line));
    // The whole output tells what differed.
    expect(exitCode === 0 ? '' : demo.output).toBe('');
    expect(lines.map((line) => line.slice(4, 56).trim())).toEqual(STEPS);
    expect(lines.every((line) => line.endsWith('ok'))).toBe(true);
    expect(demo.output).toMatch(/^all 22 steps as they must be: [\d,]+ mails, each to the right person once;/m);
  },
  LIMIT_MS,
);
