/** Another page of this site, or null where it could not be had as such: then it is better gone to. */
export async function fetchPage(url: string): Promise<Document | null> {
  // Without asking for HTML by name: that is how a page is told that somebody gets to see it.
  const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** The list that a page is about. */
export function listOf(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>('[data-list]');
}

export function olderLinkOf(page: Document): HTMLAnchorElement | null {
  return page.querySelector<HTMLAnchorElement>('.pagination a[rel=next]');
}

/** A press that stays on this page: not one that opens a tab, or saves. */
export function isPlainPress(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

/** Moves the focus to what takes none by itself. */
export function focusOn(element: HTMLElement | null | undefined): void {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}
