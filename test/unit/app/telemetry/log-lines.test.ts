import pino from 'pino';
import { toLogOptions } from '../../../../src/app/logger';
import { toTextLine } from '../../../../src/app/telemetry/text-line';

test('every line has time, level, process and version', () => {
  const lines: string[] = [];
  const logger = pino(toLogOptions({ level: 'debug' }, 'worker'), { write: (line) => void lines.push(line) });

  logger.debug({ workflowId: 'session/academy/1' }, 'called');

  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'debug',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    process: 'worker',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    workflowId: 'session/academy/1',
    msg: 'called',
  });
});

describe('a line for people', () => {
  const line = {
    level: 'warn',
    time: '2026-05-04T09:00:01.250Z',
    process: 'worker',
    version: '0.1.0',
    msg: 'an activity failed',
  };

  it('has what belongs to it as key=value', () => {
    const fields = { workflowId: 'session/academy/1', attempt: 2, note: 'two words' };

    expect(toTextLine(`${JSON.stringify({ ...line, ...fields })}\n`)).toBe(
      '09:00:01.250 WARN  worker: an activity failed workflowId=session/academy/1 attempt=2 note="two words"',
    );
  });

  it('shows an error with its stack', () => {
    const err = { code: 'GRAPH_ACCESS', message: 'Graph refuses access', stack: '    at send (client.ts:1:1)' };

    expect(toTextLine(JSON.stringify({ ...line, err }))).toBe(
      '09:00:01.250 WARN  worker: an activity failed\n  GRAPH_ACCESS: Graph refuses access\n    at send (client.ts:1:1)',
    );
  });

  it('leaves what is no JSON as it is', () => {
    expect(toTextLine('no JSON\n')).toBe('no JSON');
  });
});
