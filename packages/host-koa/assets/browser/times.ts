import { dateFormat } from './date-format.ts';
import { longDate, relativeTime } from './relative-time.ts';

/**
 * Keeps "5m ago" correct while a page stays open or becomes visible again. Shows days and exact times in the
 * reader's own time zone, which the server does not know.
 */
export function enhanceTimes(): void {
  refreshTimes();
  // Computed from the clock each time, so that pauses do not add up.
  setInterval(() => {
    if (!document.hidden) refreshTimes();
  }, 60_000);
  document.addEventListener('visibilitychange', refreshTimes);
  addEventListener('pageshow', refreshTimes);
}

/** Updates every time on the page, including elements added later. */
export function refreshTimes(): void {
  const language = document.documentElement.lang;
  const now = new Date();
  const exact = dateFormat(language, { dateStyle: 'long', timeStyle: 'short' });

  for (const time of document.querySelectorAll<HTMLTimeElement>(
    'time:is([data-relative], [data-day], [data-exact])',
  )) {
    const then = new Date(time.dateTime);
    const { exact: isExact, relative, day } = time.dataset;
    if (relative !== undefined) write(time, relative, relativeTime(then, now, language));
    else if (day !== undefined) write(time, day, longDate(then, language));
    else if (isExact !== undefined) write(time, isExact, exact.format(then));
    if (isExact === undefined) time.title = exact.format(then);
  }
}

/** `pattern` is the sentence around the time, with `{time}` in its place; '' if there is none. */
function write(time: HTMLTimeElement, pattern: string, words: string): void {
  const text = pattern === '' ? words : pattern.replace('{time}', words);
  if (time.textContent !== text) time.textContent = text;
}
