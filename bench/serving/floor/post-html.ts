const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The text of a post as HTML. Finds only addresses with a scheme, such as the seeded posts have. */
export function floorPostHtml(body: string): string {
  const escaped = escapeHtml(body).replaceAll('\n', '<br>');
  if (!escaped.includes('https://')) return escaped;
  return escaped.replace(/https:\/\/\S+/g, '<a href="$&" rel="nofollow ugc noopener">$&</a>');
}

const exactly = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' });
const MINUTE = 60_000;

export function floorExactTime(at: Date): string {
  return exactly.format(at);
}

export function floorRelativeTime(at: Date, now: number): string {
  const minutes = Math.floor((now - at.getTime()) / MINUTE);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes}m ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}h ago`;
  return `${Math.floor(minutes / 24 / 60)}d ago`;
}
