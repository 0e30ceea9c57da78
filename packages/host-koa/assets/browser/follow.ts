import { sendInPlace } from './in-place.ts';

/** Following shows at once, and is taken back where it did not go through. */
export function enhanceFollow(): void {
  const busy = new WeakSet<HTMLFormElement>();

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.follow === undefined) return;
    event.preventDefault();
    if (busy.has(form)) return;
    busy.add(form);
    // It is sent as it stands; what is shown is ahead of it.
    const sent = sendInPlace(form);
    toggle(form);
    void sent.then((went) => {
      if (!went) toggle(form);
      busy.delete(form);
    });
  });
}

function toggle(form: HTMLFormElement): void {
  const shown = form.querySelector('button');
  const template = form.querySelector('template');
  const other = template?.content.querySelector('button');
  if (!shown || !template || !other) return;

  const hadFocus = document.activeElement === shown;
  const action = form.getAttribute('action') ?? '';
  form.setAttribute('action', form.dataset.follow ?? '');
  form.dataset.follow = action;
  shown.replaceWith(other);
  template.content.append(shown);
  if (hadFocus) other.focus();

  // What pressing would do next is not shown before somebody comes back to the button.
  form.classList.add('is-fresh');
  const settle = () => form.classList.remove('is-fresh');
  form.addEventListener('pointerleave', settle, { once: true });
  other.addEventListener('blur', settle, { once: true });
}
