import { showFlash } from './flash.ts';

interface Tally {
  readonly number: string;
  readonly label: string;
  readonly text?: string;
}

interface Done {
  readonly message: string | null;
  readonly tallies: Readonly<Record<string, Tally>>;
}

/**
 * Sends a form without leaving the page, and says what came of it. Answers whether it went through; where it did
 * not, nothing was changed by it, and whoever is to sign in first is led there.
 */
export async function sendInPlace(form: HTMLFormElement): Promise<boolean> {
  const { action } = form;
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  try {
    const answer = await fetch(action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.ok) {
      end((await answer.json()) as Done);
      return true;
    }
    if (answer.status === 401) {
      form.action = action;
      form.submit();
    } else {
      showFlash('danger', (await answer.json()).error.message);
    }
  } catch {
    showFlash('danger');
  }
  return false;
}

/** The counts that changed, wherever the page shows them. */
function end({ message, tallies }: Done): void {
  for (const shown of document.querySelectorAll<HTMLElement>('[data-tally]')) {
    const tally = tallies[shown.dataset.tally ?? ''];
    const text = tally?.[shown.dataset.as as keyof Tally];
    if (text !== undefined) shown.textContent = text;
  }
  if (message !== null) showFlash('success', message);
}
