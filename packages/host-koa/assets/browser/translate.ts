/** Milliseconds. The server gives up earlier; this is for a lost connection. */
const TIMEOUT_MS = 20_000;

interface Answer {
  /** Escaped by the server, as the bodies of posts are. */
  readonly html: string;
  readonly language: string;
  readonly note: string;
}

/** Translates posts in place. The focus stays on the button, which switches between translation and original. */
export function enhanceTranslation(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.translate === undefined) return;
    event.preventDefault();
    void toggle(form);
  });
}

async function toggle(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector('button');
  const label = button?.querySelector('span');
  const place = form.closest('article')?.querySelector<HTMLElement>('[data-translation]');
  const original = place?.parentElement?.querySelector<HTMLElement>(':scope > .post-body');
  const status = place?.querySelector<HTMLElement>('[role=status]');
  if (!button || !label || !place || !original || !status || button.ariaBusy === 'true') return;
  const texts = form.dataset;

  /** Screen readers read the note, because its element was on the page before. */
  const say = (text = '', isFault = false) => {
    status.toggleAttribute('data-fault', isFault);
    status.textContent = text;
  };
  const show = (translated: HTMLElement, isTranslated: boolean) => {
    original.hidden = isTranslated;
    translated.hidden = !isTranslated;
    label.textContent = (isTranslated ? texts.original : texts.translate) ?? '';
    say(isTranslated ? translated.dataset.note : '');
  };

  const there = place.querySelector<HTMLElement>('.post-body');
  if (there) return show(there, there.hidden === true);

  button.ariaBusy = 'true';
  say(texts.busy);
  const answer = await fetchTranslation(form);
  button.ariaBusy = null;
  if (typeof answer === 'string') {
    label.textContent = texts.again ?? '';
    return say(answer, true);
  }
  const translated = original.cloneNode() as HTMLElement;
  translated.lang = answer.language;
  translated.dataset.note = answer.note;
  translated.innerHTML = answer.html;
  place.prepend(translated);
  show(translated, true);
}

/** The server's answer, or a message if it failed. */
async function fetchTranslation(form: HTMLFormElement): Promise<Answer | string> {
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.json();
    return response.ok ? answer : answer.error.message;
  } catch {
    return form.dataset.failed ?? '';
  }
}
