/** Used if the engine sends no `Retry-After`. */
const DEFAULT_SECONDS = 30;
/** Longest pause, whatever the engine asks for. */
const MAX_SECONDS = 3_600;

/** The pause that `Retry-After` asks for, in seconds or as a date (RFC 9110, section 10.2.3); 1 to 3,600. */
export function retryAfterSeconds(headers: Headers, now: number = Date.now()): number {
  const value = headers.get('Retry-After')?.trim() ?? '';
  const isDate = /^[A-Z][a-z]{2}, /.test(value);
  const at = isDate ? Date.parse(value) : Number.NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : (at - now) / 1000;
  if (Number.isNaN(seconds)) return DEFAULT_SECONDS;
  return Math.min(MAX_SECONDS, Math.max(1, Math.ceil(seconds)));
}
