import type { App } from '../state/model';
import { ASSERTION_TYPE, checkAssertion } from './client-assertion';
import { refusals } from './entra-error';

export type Form = Readonly<Record<string, string | undefined>>;

/**
 * The credential of an app that has one: a secret, or an assertion.
 * @throws EntraError for each way in which it can be wrong.
 */
export async function checkCredential(
  app: App,
  form: Form,
  context: { readonly audiences: readonly string[]; readonly now: Date },
): Promise<void> {
  if (form.client_assertion !== undefined) {
    if (form.client_assertion_type !== ASSERTION_TYPE) throw refusals.assertionType();
    return checkAssertion(form.client_assertion, { app, ...context });
  }
  if (form.client_secret === undefined) throw refusals.noCredential(form.grant_type ?? '');
  const secret = app.secrets.find((s) => s.value === form.client_secret);
  if (secret === undefined) throw refusals.wrongSecret(app.clientId);
  if (secret.expired) throw refusals.expiredSecret(app.clientId);
}

/** Where somebody has signed in, a public client has no credential and must not send one; any other must. */
export async function checkClientOfPerson(
  app: App,
  form: Form,
  context: { readonly audiences: readonly string[]; readonly now: Date },
): Promise<void> {
  const sends = form.client_secret !== undefined || form.client_assertion !== undefined;
  if (!app.publicClient) return checkCredential(app, form, context);
  if (sends) throw refusals.publicClient();
}
