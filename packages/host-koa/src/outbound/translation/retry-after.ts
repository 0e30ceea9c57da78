/** Where an engine does not say. */
const USUAL_SECONDS = 30;
/** Whatever it says, it is asked again after an hour. */
const LONGEST_SECONDS = 3_600;

/** How long `Retry-After` asks to wait, in seconds or as a date (RFC 9110, section 10.2.3); 1 to 3,600. */
export function retryAfterSeconds(headers: Headers, now: number = Date.now()): number {
  const value = headers.get('Retry-After')?.trim() ?? '';
  const isDate = /^[A-Z][a-z]{2}, /.test(value);
  const at = isDate ? Date.parse(value) : Number.NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : (at - now) / 1000;
  if (Number.isNaN(seconds)) return USUAL_SECONDS;
  return Math.min(LONGEST_SECONDS, Math.max(1, Math.ceil(seconds)));
}
