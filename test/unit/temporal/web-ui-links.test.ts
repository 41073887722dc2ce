import { createWebUiLinks } from '../../../src/temporal/web-ui-links';

describe('links to Temporal’s Web UI', () => {
  const links = createWebUiLinks({ url: 'https://temporal.example.com/ui', namespace: 'convoke/a' });
  const workflows = 'https://temporal.example.com/ui/namespaces/convoke%2Fa/workflows';

  it('lead to sessions, platforms and any workflow', () => {
    expect(links.session({ platform: 'academy', sessionId: '54' })).toBe(`${workflows}/session%2Facademy%2F54`);
    expect(links.platform('academy')).toBe(`${workflows}/platform%2Facademy`);
    expect(links.workflow('sweep/academy-2026-05-04T09:00:00Z')).toBe(
      `${workflows}/sweep%2Facademy-2026-05-04T09%3A00%3A00Z`,
    );
  });

  it('lead to the list of failing sessions', () => {
    const query = new URL(links.failing ?? '').searchParams.get('query');

    expect(query).toBe('WorkflowType="courseSession" AND SyncStatus="error"');
  });

  it('are none where its address is not known', () => {
    const none = createWebUiLinks({ url: null, namespace: 'convoke' });

    expect([
      none.session({ platform: 'a', sessionId: '1' }),
      none.platform('a'),
      none.workflow('w'),
      none.failing,
    ]).toEqual([null, null, null, null]);
  });
});
