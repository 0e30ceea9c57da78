const place = () => document.querySelector<HTMLElement>('[data-flash-place]');

export function publishedJustNow(): boolean {
  return place()?.querySelector<HTMLElement>('[data-flash=published]') != null;
}

/**
 * Makes screen readers read the message, which they do only for text that changes after loading, and lets readers
 * dismiss it in place.
 */
export function enhanceFlash(): void {
  const text = place()?.querySelector('[data-flash-text]');
  if (text) {
    const words = text.textContent;
    text.textContent = '\u00a0'.repeat(words.length);
    setTimeout(() => {
      text.textContent = words;
    }, 100);
  }

  place()?.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('[data-dismiss]')) return;
    event.preventDefault();
    place()?.replaceChildren();
  });
}

/** Shows a message without a new page; without `text`, that the server can't be reached. */
export function showFlash(kind: 'success' | 'danger', text?: string): void {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-flash-of=${kind}]`);
  if (!template) return;
  const flash = document.importNode(template.content, true);
  const words = flash.querySelector('[data-flash-text]');
  if (words) words.textContent = text ?? template.dataset.unreachable ?? '';
  place()?.replaceChildren(flash);
}
