/**
 * Popups (the menu, the question before deleting) also close by Escape, by a press elsewhere, and when the focus
 * moves on. So they never cover the focused element.
 */
export function enhancePopups(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const cancel = target?.closest('[data-cancel]');
    if (cancel) {
      event.preventDefault();
      close(cancel.closest('details'));
    } else {
      closeAround(target);
    }
  });

  // `toggle` events do not bubble. A popup at the edge of the window is scrolled into view.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      target.querySelector('.confirm-question')?.scrollIntoView({ block: 'nearest' });
    },
    true,
  );

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) close(openPopup());
  });

  document.addEventListener('focusin', (event) => {
    closeAround(event.target instanceof Element ? event.target : null);
  });
}

/** At most one is open, since all share a name. */
function openPopup(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>('details[data-popup][open]');
}

/** Closes the popup and returns the focus to its button. */
function close(popup: HTMLDetailsElement | null): void {
  if (!popup) return;
  popup.open = false;
  popup.querySelector('summary')?.focus();
}

function closeAround(target: Element | null): void {
  const popup = openPopup();
  if (popup && !popup.contains(target)) popup.open = false;
}
