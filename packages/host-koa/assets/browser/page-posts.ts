/** Fetches another page of this site. Null if it was refused or redirected: the caller then follows the link. */
export async function fetchPage(url: string): Promise<Document | null> {
  // No `Accept: text/html`: with it, the server would treat the page as shown to the reader and drop its flash
  // message.
  const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** The main list of a page. */
export function listOf(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>('[data-list]');
}

export function olderLinkOf(page: Document): HTMLAnchorElement | null {
  return page.querySelector<HTMLAnchorElement>('.pagination a[rel=next]');
}

/** A press without modifier keys, which does not open a tab or save the page. */
export function isPlainPress(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

/** Moves the focus to an element that is not focusable by itself. */
export function focusOn(element: HTMLElement | null | undefined): void {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}
