import type { FastifyReply } from 'fastify';
import { html, type Html } from '../pages/html';
import type { Simulator } from '../simulator';
import type { App, Mailbox } from '../state/model';
import { REQUEST_FIELDS, type Fields } from './authorization-request';
import { EntraError } from './entra-error';
import { checkPerson, type Tenant } from './tenants';

interface Asked {
  readonly app: App;
  readonly tenant: Tenant;
  readonly scopes: readonly string[];
  readonly loginHint: string | null;
  /** Where the form goes. */
  readonly action: string;
  /** What the form carries on. */
  readonly fields: Fields;
}

/** In Entra's words, for the scopes that calendars and mail take. */
const SCOPE_WORDS: Readonly<Record<string, string>> = {
  'Calendars.ReadWrite': 'Have full access to your calendars',
  'Calendars.ReadWrite.Shared': 'Read and write to your and shared calendars',
  'Mail.Read': 'Read your mail',
  'Mail.Read.Shared': 'Read user and shared mail',
  'Mail.ReadWrite': 'Read and write access to your mail',
  'Mail.ReadWrite.Shared': 'Read and write user and shared mail',
  'Mail.Send': 'Send mail as you',
  'Mail.Send.Shared': 'Send mail on behalf of others',
  offline_access: 'Maintain access to data you have given it access to',
  openid: 'Sign you in',
  profile: 'View your basic profile',
};

/** Who signs in, and what they let the app do. Passwords are not simulated. */
export function sendSignInPage({ state }: Simulator, reply: FastifyReply, asked: Asked): FastifyReply {
  const people = Object.values(state.data.mailboxes).filter((mailbox) => belongs(asked, mailbox));
  const chosen = people.find((m) => m.userPrincipalName === asked.loginHint) ?? people[0];
  const carried = [...REQUEST_FIELDS, 'user_code'].filter((name) => asked.fields[name] !== undefined);
  return send(
    reply,
    'Sign in',
    html`<form method="post" action="${asked.action}">
      ${carried.map((name) => html`<input type="hidden" name="${name}" value="${asked.fields[name] ?? ''}" />`)}
      <h1>Sign in</h1>
      <p class="quiet">Pick an account. There are no passwords here: this is a simulation.</p>
      ${people.map(
        (mailbox) =>
          html`<label
            ><input
              type="radio"
              name="username"
              value="${mailbox.userPrincipalName}"
              ${mailbox === chosen && html`checked`}
            />
            <span>${mailbox.displayName}<small>${mailbox.userPrincipalName}</small></span></label
          >`,
      )}
      ${people.length === 0 && html`<p class="bad">No account belongs to "${asked.tenant.name}".</p>`}
      <h2>Permissions requested by ${asked.app.displayName}</h2>
      <ul>
        ${asked.scopes.map((scope) => html`<li>${SCOPE_WORDS[scope] ?? scope}<small>${scope}</small></li>`)}
      </ul>
      <div class="buttons">
        <button name="answer" value="cancel" class="plain">Cancel</button>
        <button name="answer" value="accept">Accept</button>
      </div>
    </form>`,
  );
}

export function sendCodePage(reply: FastifyReply, problem: string | null): FastifyReply {
  return send(
    reply,
    'Enter code',
    html`<form method="post" action="/devicelogin">
      <h1>Enter code</h1>
      <p class="quiet">Enter the code displayed on your app or device.</p>
      ${problem !== null && html`<p class="bad">${problem}</p>`}
      <input name="user_code" autocomplete="off" autofocus aria-label="Code" />
      <div class="buttons"><button>Next</button></div>
    </form>`,
  );
}

export function sendNotePage(reply: FastifyReply, note: string): FastifyReply {
  return send(reply, note, html`<h1>${note}</h1>`);
}

export function sendRefusalPage(reply: FastifyReply, { status, number, message }: EntraError): FastifyReply {
  const text = html`<h1>Sorry, but we're having trouble signing you in.</h1>
    <p class="bad">AADSTS${number}: ${message}</p>`;
  return send(reply.code(status), 'Trouble signing in', text);
}

function belongs({ app, tenant }: Asked, mailbox: Mailbox): boolean {
  try {
    checkPerson(app, tenant, mailbox);
    return true;
  } catch (error) {
    if (error instanceof EntraError) return false;
    throw error;
  }
}

export const signInStyle = `
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #eef1f5; color: #1b1b1b; font: 15px/1.45 "Segoe UI", system-ui, sans-serif }
main { width: min(27rem, calc(100vw - 4rem)); padding: 2.2rem; background: #fff; box-shadow: 0 2px 8px #0002 }
header { color: #667; font-size: 13px; margin-bottom: 1rem } header b { color: #333 }
h1 { font-size: 1.45rem; font-weight: 600; margin: 0 0 .4rem } h2 { font-size: 1rem; margin: 1.4rem 0 .4rem }
.quiet { color: #667; margin: 0 0 1rem } .bad { color: #a4262c }
label { display: flex; gap: .7rem; align-items: center; padding: .45rem .5rem; border-bottom: 1px solid #e6e8eb; cursor: pointer } label:hover { background: #f4f6f9 }
small { display: block; color: #667 } ul { margin: 0; padding-left: 1.1rem } li { margin: .25rem 0 }
input[name=user_code] { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; text-transform: uppercase }
.buttons { display: flex; justify-content: flex-end; gap: .6rem; margin-top: 1.6rem }
button { font: inherit; padding: .4rem 1.8rem; border: 0; background: #0067b8; color: #fff; cursor: pointer } button.plain { background: #d8dade; color: #1b1b1b }
`;

/** No form-action in the policy: the answer to the form leads to the app's own address. */
function send(reply: FastifyReply, title: string, body: Html): FastifyReply {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Microsoft (simulated)</title>
        <link rel="stylesheet" href="/devicelogin/style.css" />
      </head>
      <body>
        <main>
          <header><b>Microsoft</b> simulated</header>
          ${body}
        </main>
      </body>
    </html>`;
  return reply
    .header('content-security-policy', "default-src 'none'; style-src 'self'")
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.text);
}
