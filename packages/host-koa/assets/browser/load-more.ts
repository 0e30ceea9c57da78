import { fetchPage, focusOn, isPlainPress, listOf, olderLinkOf } from './page-posts.ts';
import { refreshTimes } from './times.ts';

/** The scroll position, to restore it later. */
interface Position {
  /** Number of pages loaded in place. */
  readonly pages: number;
  /** The first visible entry, by its id or else by its index, and its distance from the top of the window. */
  readonly id: string;
  readonly entry: number;
  readonly top: number;
}

/** At most this many pages are loaded again; with more, the restored position is nearer to the top. */
const MAX_PAGES = 20;

const savedPositions = {
  key: () => `reading ${location.pathname}${location.search}`,
  take(): Position | null {
    try {
      const saved = sessionStorage.getItem(this.key());
      sessionStorage.removeItem(this.key());
      return saved === null ? null : JSON.parse(saved);
    } catch {
      return null;
    }
  },
  keep(position: Position): void {
    try {
      sessionStorage.setItem(this.key(), JSON.stringify(position));
    } catch {
      // Storage is refused or full: the position is not restored.
    }
  },
};

/**
 * The link to older entries loads them into the page; nothing loads without a press. After a reload or a return, the
 * loaded pages and the scroll position are restored.
 */
export function enhanceMore(): void {
  const list = listOf(document);
  if (!list) return;
  let pages = 0;

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.pagination a[rel=next]');
    if (!link || !isPlainPress(event)) return;
    event.preventDefault();
    if (link.ariaBusy) return;
    void load(list, link).then((first) => {
      if (!first) return;
      pages++;
      focusOn(first);
      say(olderLinkOf(document) ? 'loaded' : 'loadedAll');
    });
  });

  addEventListener('pagehide', () => {
    if (pages === 0) return;
    const entries = [...list.children];
    const entry = entries.findIndex((element) => element.getBoundingClientRect().bottom > 0);
    const { id = '' } = entries[entry] ?? {};
    const top = entries[entry]?.getBoundingClientRect().top ?? 0;
    savedPositions.keep({ pages: Math.min(pages, MAX_PAGES), id, entry, top });
  });

  void (async () => {
    const saved = savedPositions.take();
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (!saved || visit?.type === 'navigate') return;
    for (let link = olderLinkOf(document); link && pages < saved.pages; link = olderLinkOf(document)) {
      if (!(await load(list, link))) return;
      pages++;
    }
    const entry = document.getElementById(saved.id) ?? list.children[saved.entry];
    // Entries far from the window get their real height only when they come near.
    for (let frame = 0; entry && frame < 3; frame++) {
      scrollBy({ top: entry.getBoundingClientRect().top - saved.top, behavior: 'instant' });
      await new Promise(requestAnimationFrame);
    }
  })();
}

/**
 * Appends the page of `link` and returns its first entry. Returns null if it failed, which is shown, or if the
 * browser goes to that page instead.
 */
async function load(list: HTMLElement, link: HTMLAnchorElement): Promise<HTMLElement | null> {
  link.ariaBusy = 'true';
  try {
    const page = await fetchPage(link.href);
    const more = page && listOf(page);
    if (!more) {
      location.assign(link.href);
      return null;
    }
    const first = more.firstElementChild;
    list.append(...more.children);
    refreshTimes();
    const next = olderLinkOf(page);
    if (next) link.href = next.href;
    else link.remove();
    return first as HTMLElement | null;
  } catch {
    say('failed');
    return null;
  } finally {
    link.ariaBusy = null;
  }
}

/** Reports to screen readers. A failure is also visible, beside the link that loads again. */
function say(what: 'loaded' | 'loadedAll' | 'failed'): void {
  const spoken = document.querySelector<HTMLElement>('[data-loaded]');
  if (!spoken) return;
  spoken.classList.toggle('visually-hidden', what !== 'failed');
  spoken.textContent = '';
  // A screen reader repeats a text only if it changes.
  setTimeout(() => {
    spoken.textContent = spoken.dataset[what] ?? '';
  }, 100);
}
