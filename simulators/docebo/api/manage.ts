import type { User } from '../academy/model';
import type { Tenant } from '../tenant';
import type { Json } from '../wire/json';
import { ApiError } from './api-error';
import { found, get, type Call, type Endpoint } from './endpoint';

/** The user behind every token; no learner. */
const API_USER_ID = 13000;

export function manageEndpoints(): Endpoint[] {
  return [
    get('/manage/v1/user/session', 'whoAmI', 'The user of the token', whoAmI),
    get('/manage/v1/user', 'users', 'Search users', users),
    get('/manage/v1/user/:user_id', 'user', 'User details', user),
  ];
}

/** Handy as a self-test: tells whose rights the token carries. */
function whoAmI(call: Call): Json {
  return call.one({
    id: API_USER_ID,
    username: call.tenant.options.account.username,
    email: 'service.connect@example.com',
    user_level: call.reading.settings.rights.level,
    timezone: 'UTC',
    valid: true,
  });
}

function user(call: Call): Json {
  const id = call.id('user_id');
  const it = found(call.reading.state.users[id], `User ${id}`);
  return call.one({
    user_data: {
      user_id: String(it.id),
      username: it.username,
      email: it.email,
      first_name: it.firstName,
      last_name: it.lastName,
      timezone: it.timezone,
      valid: it.valid ? '1' : '0',
      level: 'user',
      email_validation_status: '1',
    },
    additional_fields: [],
  });
}

function users(call: Call): Json {
  const wanted = call.text('search_text').toLowerCase();
  const full = call.text('match_type') === 'full';
  const matches = (it: User) =>
    [it.username, it.email, `${it.firstName} ${it.lastName}`]
      .map((text) => text.toLowerCase())
      .some((text) => (full ? text === wanted : text.includes(wanted)));
  const items = Object.values(call.reading.state.users)
    .filter((it) => wanted === '' || matches(it))
    .map((it) => ({
      user_id: String(it.id),
      username: it.username,
      email: it.email,
      first_name: it.firstName,
      last_name: it.lastName,
      fullname: `${it.firstName} ${it.lastName}`,
      status: it.valid ? '1' : '0',
      uuid: `00000000-0000-4000-8000-${String(it.id).padStart(12, '0')}`,
    }));
  return call.page('users', items, { idPointer: '/user_id' });
}

/** `POST /manage/v1/user/login`, the token for those who have no OAuth client. */
export function login(tenant: Tenant, body: unknown): Json {
  const given = (body ?? {}) as Record<string, unknown>;
  const { account } = tenant.options;
  if (tenant.settings.tokens.refuse || given.username !== account.username || given.password !== account.password)
    throw new ApiError(401, 'Invalid username or password');
  const reply = tenant.tokens.issue(tenant.settings.tokens.expiresInSeconds, given.issue_refresh_token === true);
  return { data: { ...reply, id_user: API_USER_ID }, version: '1.0.0', _links: [] };
}
