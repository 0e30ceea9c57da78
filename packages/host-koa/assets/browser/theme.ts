/** Applies a theme at once and saves it in the background; if saving fails, the form is sent normally. */
export function enhanceTheme(): void {
  // Two forms: one in the menu, one in the column beside the page.
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-theme-form]')];
  const buttons = forms.flatMap((form) => [...form.querySelectorAll('button')]);
  for (const form of forms) {
    form.addEventListener('submit', (event) => {
      const pressed = event.submitter;
      if (!(pressed instanceof HTMLButtonElement)) return;
      event.preventDefault();

      document.documentElement.dataset.theme = pressed.value;
      for (const button of buttons) {
        button.setAttribute('aria-pressed', String(button.value === pressed.value));
      }
      colourBrowser();
      void remember(form, pressed);
    });
  }
}

/** Gives the browser's own bars the colour of the page. */
function colourBrowser(): void {
  const colour = getComputedStyle(document.body).backgroundColor;
  const [first, ...others] = document.querySelectorAll('meta[name="theme-color"]');
  first?.removeAttribute('media');
  first?.setAttribute('content', colour);
  for (const other of others) other.remove();
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', scheme);
}

async function remember(form: HTMLFormElement, pressed: HTMLButtonElement): Promise<void> {
  const fields = [...new FormData(form, pressed)].map(([name, value]) => [name, String(value)]);
  try {
    // The answer is a redirect, which need not be followed.
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error(answer.statusText);
  } catch {
    const choice = document.createElement('input');
    choice.type = 'hidden';
    choice.name = pressed.name;
    choice.value = pressed.value;
    form.append(choice);
    form.submit();
  }
}
