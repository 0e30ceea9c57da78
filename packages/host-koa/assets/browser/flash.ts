const current = () => document.querySelector<HTMLElement>('[data-flash]');

export function publishedJustNow(): boolean {
  return current()?.dataset.flash === 'published';
}

/** Has the message read out, which screen readers do only for what changes after loading, and dismisses it in place. */
export function enhanceFlash(): void {
  const flash = current();
  const text = flash?.querySelector('[data-flash-text]');
  if (!flash || !text) return;

  const words = text.textContent;
  text.textContent = '\u00a0'.repeat(words.length);
  setTimeout(() => {
    text.textContent = words;
  }, 100);

  flash.querySelector('a')?.addEventListener('click', (event) => {
    event.preventDefault();
    flash.remove();
  });
}
