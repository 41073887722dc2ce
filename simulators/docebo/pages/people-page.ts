import type { User } from '../academy/model';
import type { Tenant } from '../tenant';
import { form, hiddenField, textField, tick } from './forms';
import { markup, type Markup } from './markup';
import { count } from './wording';

const BACK = '/ui/people';

export function peoplePage(tenant: Tenant): Markup {
  const users = Object.values(tenant.academy.state.users);
  return markup`<div class="head"><div><h1>People</h1>
<p>${count(users.length, 'person', 'people')}. A changed name or address fires no webhook: Docebo shows it at the next read.</p></div></div>
<section class="card"><header><div style="flex: 1"><label>Find<input type="search" data-filter placeholder="Name or e-mail"></label></div></header>
${users.length === 0 ? markup`<div class="empty">Nobody yet: add the first person below.</div>` : markup`<div class="lines">${users.map(line)}</div>`}
<footer><details><summary>New person</summary>${form(
    { command: 'create-user', back: BACK, done: 'The person is added.' },
    markup`${textField('First name', 'firstName', '', { required: true })}${textField('Last name', 'lastName', '', { required: true })}
${textField('E-mail', 'email', '', { type: 'email', required: true })}<div class="acts"><button class="main">Add person</button></div>`,
  )}</details></footer></section>`;
}

function line(user: User): Markup {
  return markup`<details><summary><span>${user.firstName} ${user.lastName} ${!user.valid && markup`<span class="pill warn">Deactivated</span>`}</span>
<span class="sub">${user.email}</span><span class="sub">${user.username} · user ${user.id}</span></summary>${form(
    { command: 'update-user', back: BACK, done: `${user.firstName} ${user.lastName} is saved.` },
    markup`${hiddenField('userId:number', user.id)}${textField('First name', 'firstName', user.firstName)}
${textField('Last name', 'lastName', user.lastName)}${textField('E-mail', 'email', user.email, { type: 'email' })}
${tick('Active', 'valid:flag', user.valid)}<div class="acts"><button class="main">Save person</button></div>`,
  )}</details>`;
}
