import { DoceboConnectIndex } from '../../../src/activities/calendar/docebo-connect-index';
import { createConnectActivities, type ConnectPorts } from '../../../src/activities/index-docebo-connect';
import { isOperatorRead } from '../../../src/contract/operator-reads';

function activities(over: Partial<ConnectPorts> = {}, transactionIds: readonly string[] = ['5401-101']) {
  const index = new DoceboConnectIndex({
    clock: { now: () => new Date('2026-11-27T20:00:00.000Z') },
    lister: {
      mailbox: 'training',
      listTransactions: async () => ({
        events: transactionIds.map((transactionId) => ({ graphEventId: transactionId, transactionId })),
        calls: 1,
      }),
    },
  });
  return createConnectActivities({
    doceboConnectIn: () => index,
    isConnectOff: () => true,
    takesOver: () => true,
    ...over,
  });
}
const input = { platform: 'acme', mailbox: 'training' };

describe('before a backfill', () => {
  it('counts what Docebo Connect left', async () => {
    expect(await activities().indexDoceboConnectEvents(input)).toEqual({ sessions: 1, events: 1, graphCalls: 1 });
  });

  it('refuses while the settings do not say that Docebo Connect is off: its events would not be taken over', async () => {
    const refused = activities({ isConnectOff: () => false }).indexDoceboConnectEvents(input);

    await expect(refused).rejects.toMatchObject({ code: 'INPUT_BACKFILL_DOCEBO_CONNECT' });
  });

  it('refuses events in a mailbox of several platforms: whose they are is not told', async () => {
    const refused = activities({ takesOver: () => false }).indexDoceboConnectEvents(input);

    await expect(refused).rejects.toMatchObject({ code: 'INPUT_BACKFILL_SHARED_MAILBOX' });
  });

  it('lets a mailbox of several platforms pass that holds none', async () => {
    const empty = await activities({ takesOver: () => false }, []).indexDoceboConnectEvents(input);

    expect(empty).toMatchObject({ events: 0 });
  });
});

it('an operator may have nothing run that writes', () => {
  expect(['planSession', 'inspectMailbox'].every(isOperatorRead)).toBe(true);
  expect(['createCalendarEvent', 'cancelCalendarEvent', 'backfillPlatform', 'toString'].some(isOperatorRead)).toBe(
    false,
  );
});
