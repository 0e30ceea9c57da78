import { relativeTime } from './relative-time.ts';

/**
 * Keeps "5m ago" true while a page stays open or comes back into view, and tells exact times in the reader's
 * own time zone, which the server does not know.
 */
export function enhanceTimes(): void {
  const language = document.documentElement.lang;
  const relative = document.querySelectorAll<HTMLTimeElement>('time[data-relative]');
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });

  for (const time of relative) time.title = exact.format(new Date(time.dateTime));
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-exact]')) {
    time.textContent = exact.format(new Date(time.dateTime));
  }
  if (relative.length === 0) return;

  const refresh = () => {
    if (document.hidden) return;
    const now = new Date();
    for (const time of relative) {
      const text = relativeTime(new Date(time.dateTime), now, language);
      if (time.textContent !== text) time.textContent = text;
    }
  };
  setInterval(refresh, 60_000);
  document.addEventListener('visibilitychange', refresh);
  addEventListener('pageshow', refresh);
}
