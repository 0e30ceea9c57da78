import { relativeTime } from './relative-time.ts';

/** Keeps "5m ago" true while a page stays open or comes back into view. */
export function keepTimesFresh(): void {
  const times = document.querySelectorAll<HTMLTimeElement>('time[data-relative]');
  if (times.length === 0) return;
  const refresh = () => {
    if (document.hidden) return;
    const now = new Date();
    for (const time of times) {
      const text = relativeTime(new Date(time.dateTime), now, document.documentElement.lang);
      if (time.textContent !== text) time.textContent = text;
    }
  };
  setInterval(refresh, 60_000);
  document.addEventListener('visibilitychange', refresh);
  addEventListener('pageshow', refresh);
}
