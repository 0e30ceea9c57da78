import { sendInPlace } from './in-place.ts';

/**
 * Forms of pairs such as follow and unfollow. `data-toggle` is the address of the other action, and the form's
 * template holds the button of the other state. The new state shows at once, and is undone if the form is refused.
 */
export function enhanceToggles(): void {
  const busy = new WeakSet<HTMLFormElement>();

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.toggle === undefined) return;
    event.preventDefault();
    if (busy.has(form)) return;
    busy.add(form);
    // Before the toggle: the form must be sent to the address it had when the button was pressed.
    const sent = sendInPlace(form);
    swapState(form);
    void sent.then((done) => {
      if (!done) swapState(form);
      busy.delete(form);
    });
  });
}

function swapState(form: HTMLFormElement): void {
  const shown = form.querySelector('button');
  const template = form.querySelector('template');
  const other = template?.content.querySelector('button');
  if (!shown || !template || !other) return;

  const hadFocus = document.activeElement === shown;
  const action = form.getAttribute('action') ?? '';
  form.setAttribute('action', form.dataset.toggle ?? '');
  form.dataset.toggle = action;
  shown.replaceWith(other);
  template.content.append(shown);
  if (hadFocus) other.focus();

  // The button shows the next action only after the pointer or the focus has left it once.
  form.classList.add('is-fresh');
  const settle = () => form.classList.remove('is-fresh');
  form.addEventListener('pointerleave', settle, { once: true });
  other.addEventListener('blur', settle, { once: true });
}
