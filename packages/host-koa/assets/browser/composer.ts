import { countGraphemes, isBlank, normalizeText } from '@microblog/core';

/** The counter shows from this share of the limit on. */
const SHOW_FROM = 0.8;

/** The counter, the shortcut and the draft. `published` is true if this page follows a successful post. */
export function enhanceComposer(published: boolean): void {
  const form = document.querySelector<HTMLFormElement>('form[data-composer]');
  const field = form?.querySelector('textarea');
  const button = form?.querySelector('button');
  if (!form || !field || !button) return;

  const draft = draftStore(form.dataset.draft ?? 'draft');
  if (published) draft.write('');
  else if (field.value === '') field.value = draft.read();

  const max = Number(form.dataset.max);
  const show = counter(form, max);
  const refresh = () => {
    button.disabled = isBlank(field.value);
    show(field.value);
  };

  field.addEventListener('input', () => {
    draft.write(field.value);
    refresh();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!button.disabled) form.requestSubmit(button);
  });
  // The browser restores the field after this code ran if the user goes back.
  addEventListener('pageshow', refresh);
  refresh();
}

function counter(form: HTMLFormElement, max: number): (text: string) => void {
  const shown = form.querySelector<HTMLElement>('[data-count]');
  const spoken = form.querySelector<HTMLElement>('[data-count-text]');
  if (!shown || !spoken) return () => {};
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  return (text) => {
    // The limit counts the text as it is stored: without white space around it.
    const length = countGraphemes(normalizeText(text));
    const left = max - length;
    shown.hidden = length < max * SHOW_FROM;
    shown.textContent = numbers.format(left);
    shown.classList.toggle('is-over', left < 0);
    // Screen readers get steps of ten and every count beyond the limit, not each key.
    if (shown.hidden) spoken.textContent = '';
    else if (left < 0) spoken.textContent = sentence(spoken.dataset.over, -left);
    else if (left % 10 === 0) spoken.textContent = sentence(spoken.dataset.left, left);
  };

  function sentence(pattern: string | undefined, count: number): string {
    return (pattern ?? '').replace('{n}', numbers.format(count));
  }
}

/** Drafts of this tab only. If the browser refuses storage, there are no drafts. */
function draftStore(key: string) {
  return {
    read(): string {
      try {
        return sessionStorage.getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    write(text: string): void {
      try {
        if (text === '') sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, text);
      } catch {
        // Storage is refused or full: the text is still in the field.
      }
    },
  };
}
