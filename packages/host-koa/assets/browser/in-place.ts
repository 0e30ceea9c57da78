import { showFlash } from './flash.ts';

interface Count {
  readonly number: string;
  readonly label: string;
  readonly text?: string;
}

interface Done {
  readonly message: string | null;
  readonly counts: Readonly<Record<string, Count>>;
}

/**
 * Sends a form without leaving the page, and shows the message of the answer. Returns whether the form was accepted.
 * If it was refused, nothing has changed. A visitor who has to sign in is led to the sign-in page.
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
      showResult((await answer.json()) as Done);
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

/** Updates the counts that changed, in every place of the page that shows them. */
function showResult({ message, counts }: Done): void {
  for (const shown of document.querySelectorAll<HTMLElement>('[data-count]')) {
    const count = counts[shown.dataset.count ?? ''];
    const text = count?.[shown.dataset.as as keyof Count];
    if (text !== undefined) shown.textContent = text;
  }
  if (message !== null) showFlash('success', message);
}
