/** What a browser's user does on the simulated sign-in page, by fetch: opens it, picks an account and answers. */
export async function playBrowser(
  url: string,
  { username, answer = 'accept' }: { readonly username: string; readonly answer?: 'accept' | 'cancel' },
): Promise<{ readonly status: number; readonly page: string; readonly location: URL | null }> {
  const opened = await fetch(url);
  const page = await opened.text();
  if (!opened.ok) return { status: opened.status, page, location: null };
  return submit(new URL(formAction(page), url), { ...hiddenFields(page), username, answer });
}

/** The same on the page where a device's code is entered. */
export async function playDevicePage(
  url: string,
  { code, ...answer }: { readonly code: string; readonly username: string; readonly answer?: 'accept' | 'cancel' },
): Promise<{ readonly status: number; readonly page: string }> {
  const asked = await submit(new URL(url), { user_code: code });
  if (!asked.page.includes('name="answer"')) return asked;
  return submit(new URL(formAction(asked.page), url), { ...hiddenFields(asked.page), answer: 'accept', ...answer });
}

async function submit(action: URL, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  const answered = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  const location = answered.headers.get('location');
  return {
    status: answered.status,
    page: await answered.text(),
    location: location === null ? null : new URL(location),
  };
}

function formAction(page: string): string {
  return unescape(/<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '');
}

function hiddenFields(page: string): Record<string, string> {
  const inputs = page.matchAll(/type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
