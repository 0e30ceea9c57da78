import { fetchPage, focusOn, isPlainPress, listOf, olderLinkOf } from './page-posts.ts';
import { refreshTimes } from './times.ts';

/** What is needed to come back to where somebody was. */
interface Reading {
  /** Pages that were loaded in place. */
  readonly pages: number;
  /** The entry at the top of the window, by its id or else by its place, and how far from there it was. */
  readonly id: string;
  readonly entry: number;
  readonly top: number;
}

/** Pages that are loaded again at once; beyond, whoever comes back begins nearer to the top. */
const MOST_PAGES = 20;

const readings = {
  key: () => `reading ${location.pathname}${location.search}`,
  take(): Reading | null {
    try {
      const kept = sessionStorage.getItem(this.key());
      sessionStorage.removeItem(this.key());
      return kept === null ? null : JSON.parse(kept);
    } catch {
      return null;
    }
  },
  keep(reading: Reading): void {
    try {
      sessionStorage.setItem(this.key(), JSON.stringify(reading));
    } catch {
      // Storage is refused or full: coming back leads to the top.
    }
  },
};

/**
 * The link to older entries brings them in place; nothing loads unasked. Where somebody reloads the page or comes
 * back to it, it is filled as far as it was, and stands where it stood.
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
    readings.keep({ pages: Math.min(pages, MOST_PAGES), id, entry, top });
  });

  void (async () => {
    const kept = readings.take();
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (!kept || visit?.type === 'navigate') return;
    for (let link = olderLinkOf(document); link && pages < kept.pages; link = olderLinkOf(document)) {
      if (!(await load(list, link))) return;
      pages++;
    }
    const entry = document.getElementById(kept.id) ?? list.children[kept.entry];
    // Entries far from the window have no height of their own before they come near.
    for (let frame = 0; entry && frame < 3; frame++) {
      scrollBy({ top: entry.getBoundingClientRect().top - kept.top, behavior: 'instant' });
      await new Promise(requestAnimationFrame);
    }
  })();
}

/** Appends what `link` leads to. Answers the first of it; null where that failed, which is said, or led away. */
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

/** Aloud, and in sight where it failed: beside the link, which is pressed again. */
function say(what: 'loaded' | 'loadedAll' | 'failed'): void {
  const spoken = document.querySelector<HTMLElement>('[data-loaded]');
  if (!spoken) return;
  spoken.classList.toggle('visually-hidden', what !== 'failed');
  spoken.textContent = '';
  // Said again each time.
  setTimeout(() => {
    spoken.textContent = spoken.dataset[what] ?? '';
  }, 100);
}
