/** Sends each form once: the pressed button shows that it is busy, and a second press does nothing. */
export function guardForms(): void {
  const busy = new Map<HTMLFormElement, HTMLElement | null>();

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    busy.set(form, event.submitter);
    event.submitter?.setAttribute('aria-busy', 'true');
  });

  // A page restored from the browser's cache may be sent again.
  addEventListener('pageshow', () => {
    for (const submitter of busy.values()) submitter?.removeAttribute('aria-busy');
    busy.clear();
  });
}
