import { showFlash } from './flash.ts';
import { fetchPage, focusOn, isPlainPress, listOf } from './page-posts.ts';
import { refreshTimes } from './times.ts';

/** In milliseconds. */
const PERIOD = 60_000;
const MAX_PAUSE = 30 * PERIOD;

interface NewPosts {
  readonly count: number;
  /** The message, in the reader's language. */
  readonly text: string;
}

/** Shows a quiet notice when there are newer posts, and shows them in place on a press. */
export function enhanceNewPosts(): void {
  const notice = document.querySelector<HTMLElement>('[data-new-posts]');
  const link = notice?.querySelector('a');
  const spoken = notice?.querySelector('[role=status]');
  if (!notice || !link || !spoken) return;

  let newest = idOf(listOf(document)?.firstElementChild);

  function say({ count, text }: NewPosts): void {
    // Screen readers get the first notice only, not one for each further post.
    if (link?.hidden && spoken) spoken.textContent = text;
    if (count === 0 && spoken) spoken.textContent = '';
    if (!link) return;
    link.textContent = text;
    link.hidden = count === 0;
  }

  /** Returns false if there is no point in asking again. */
  async function ask(): Promise<boolean> {
    const after = newest === '' ? '' : `?after=${newest}`;
    const answer = await fetch(`${notice?.dataset.newPosts}${after}`, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    // Signed out, or not allowed: asking again would not help.
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return false;
    if (!answer.ok) throw new Error(answer.statusText);
    say((await answer.json()) as NewPosts);
    return true;
  }
  poll(ask);

  link.addEventListener('click', async (event) => {
    const list = listOf(document);
    // If the page has no list yet, the link loads the page.
    if (!list || !isPlainPress(event)) return;
    event.preventDefault();
    if (link.ariaBusy) return;
    link.ariaBusy = 'true';
    try {
      const page = await fetchPage(link.href);
      const fresh = page && listOf(page);
      if (!fresh) return location.assign(link.href);
      newest = idOf(fresh.firstElementChild);
      show(page, fresh, list);
      say({ count: 0, text: '' });
      refreshTimes();
      focusOn(list.firstElementChild as HTMLElement | null);
    } catch {
      showFlash('danger');
    } finally {
      link.ariaBusy = null;
    }
  });
}

/** Asks once a minute while the page is visible; less and less often while the server does not answer. */
function poll(ask: () => Promise<boolean>): void {
  let pause = PERIOD;
  let due = 0;
  let timer = 0;
  let over = false;

  function plan(): void {
    // Random, so that not all pages ask at the same moment.
    due = Date.now() + pause * (0.9 + Math.random() * 0.2);
    wait();
  }

  function wait(): void {
    clearTimeout(timer);
    if (!over && !document.hidden) timer = setTimeout(run, Math.max(0, due - Date.now()));
  }

  async function run(): Promise<void> {
    try {
      over = !(await ask());
      pause = PERIOD;
    } catch {
      pause = Math.min(pause * 2, MAX_PAUSE);
    }
    plan();
  }

  document.addEventListener('visibilitychange', wait);
  addEventListener('pageshow', (event) => {
    if (event.persisted) wait();
  });
  plan();
}

/** Inserts the posts of the newest page that are not shown yet. */
function show(page: Document, fresh: HTMLElement, list: HTMLElement): void {
  const posts = [...fresh.children];
  const shown = [...list.children];
  const newestShown = idOf(shown[0]);
  if (posts.every((post) => isNewer(idOf(post), newestShown))) {
    // More new posts than one page holds: the list is replaced, so that it has no gap.
    list.replaceChildren(...posts);
    const pages = page.querySelector('[data-pages]');
    if (pages) document.querySelector('[data-pages]')?.replaceWith(pages);
    return;
  }
  for (const post of posts) {
    if (document.getElementById(post.id)) continue;
    const older = shown.find((other) => isNewer(idOf(post), idOf(other)));
    list.insertBefore(post, older ?? null);
  }
}

/** The id of a post in a list; '' if there is none. */
function idOf(post: Element | null | undefined): string {
  return post?.id.replace('post-', '') ?? '';
}

/** Ids are numbers of up to 19 digits that only grow. */
function isNewer(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
