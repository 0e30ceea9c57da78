/**
 * What opens above the page, the menu and the question before deleting, also closes by Escape, by a press
 * elsewhere, and when the focus moves on, so that it covers nothing of what somebody turns to.
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

  // Such events do not bubble. What opens at the end of the window is moved out from under its edge.
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

/** There is one at a time: they share a name. */
function openPopup(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>('details[data-popup][open]');
}

/** Closes, and leads the focus back to where it came from. */
function close(popup: HTMLDetailsElement | null): void {
  if (!popup) return;
  popup.open = false;
  popup.querySelector('summary')?.focus();
}

function closeAround(target: Element | null): void {
  const popup = openPopup();
  if (popup && !popup.contains(target)) popup.open = false;
}
