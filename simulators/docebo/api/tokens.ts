import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kit/clock';

/** Refresh tokens of the OAuth server that Docebo's defaults point to live 14 days. */
const REFRESH_LIFE_MS = 14 * 24 * 3_600_000;

export interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
  readonly scope: 'api';
  readonly refresh_token?: string;
}

/** Tokens in memory: a restart or `revokeAll` makes callers ask anew. */
export class TokenStore {
  private readonly access = new Map<string, number>();
  private readonly refresh = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  issue(expiresInSeconds: number, withRefresh: boolean): TokenReply {
    const token = this.keep(this.access, expiresInSeconds * 1000);
    const reply = { access_token: token, expires_in: expiresInSeconds, token_type: 'Bearer', scope: 'api' } as const;
    return withRefresh ? { ...reply, refresh_token: this.keep(this.refresh, REFRESH_LIFE_MS) } : reply;
  }

  isValid(accessToken: string): boolean {
    return this.lives(this.access, accessToken);
  }

  /** A refresh token works once. */
  takeRefresh(refreshToken: string): boolean {
    const valid = this.lives(this.refresh, refreshToken);
    this.refresh.delete(refreshToken);
    return valid;
  }

  revokeAll(): void {
    this.access.clear();
    this.refresh.clear();
  }

  private keep(store: Map<string, number>, lifeMs: number): string {
    const token = randomBytes(20).toString('hex');
    store.set(token, this.clock.now().getTime() + lifeMs);
    return token;
  }

  private lives(store: Map<string, number>, token: string): boolean {
    return (store.get(token) ?? 0) > this.clock.now().getTime();
  }
}
