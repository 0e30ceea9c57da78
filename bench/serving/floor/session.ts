import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type pg from 'pg';

export interface FloorViewer {
  readonly id: string;
  readonly nickname: string;
}

/** The same checks as ours in the fewest steps: the signature of the cookie, its expiry, the user's row, the epoch. */
export function floorSessions(pool: pg.Pool, secretKey: string) {
  const sign = (text: string) => createHmac('sha256', secretKey).update(text).digest('base64url');
  const isSigned = (text: string, signature: string) => {
    const [right, given] = [Buffer.from(sign(text)), Buffer.from(signature)];
    return right.length === given.length && timingSafeEqual(right, given);
  };
  const cookie = (request: IncomingMessage, name: string) => {
    const all = request.headers.cookie ?? '';
    const start = all.startsWith(`${name}=`) ? 0 : all.indexOf(`; ${name}=`) + 2;
    if (start === 1) return '';
    const end = all.indexOf(';', start);
    return all.slice(start + name.length + 1, end === -1 ? undefined : end);
  };
  const salted = (salt: string, secret: string, viewer: FloorViewer | null) =>
    `csrf:${salt}:${secret}:${viewer?.id ?? 'visitor'}`;

  return {
    async resume(request: IncomingMessage): Promise<FloorViewer | null> {
      const value = cookie(request, 'microblog_session');
      if (value === '' || !isSigned(`microblog_session=${value}`, cookie(request, 'microblog_session.sig'))) {
        return null;
      }
      const [id, epoch, expires] = value.split('.');
      if (Number(expires) * 1000 < Date.now()) return null;
      const { rows } = await pool.query<FloorViewer & { session_epoch: number; suspended_at: Date | null }>({
        name: 'session',
        text: `select id, nickname, session_epoch, suspended_at, locale, role, settings, last_seen_at
                 from microblog.users where id = $1`,
        values: [id],
      });
      const [user] = rows;
      const isCurrent = user?.session_epoch === Number(epoch) && user.suspended_at === null;
      return isCurrent ? user : null;
    },
    /** A token for the forms of a page, and the cookie that a browser without one gets. */
    token(request: IncomingMessage, viewer: FloorViewer | null) {
      const known = cookie(request, 'microblog_csrf');
      const secret = known === '' ? randomBytes(18).toString('base64url') : known;
      const salt = randomBytes(9).toString('base64url');
      return {
        token: `${salt}.${sign(salted(salt, secret, viewer))}`,
        setCookie: known === '' ? `microblog_csrf=${secret}; path=/; samesite=lax; httponly` : null,
      };
    },
    isValid(request: IncomingMessage, viewer: FloorViewer | null, token: string): boolean {
      const [salt = '', signature = ''] = token.split('.');
      return isSigned(salted(salt, cookie(request, 'microblog_csrf'), viewer), signature);
    },
  };
}
