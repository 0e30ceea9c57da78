import { z } from 'zod';
import { hostError } from '../../host-errors.ts';
import type { Form } from '../../http/forms/form.ts';

/** A provider's answer that was posted from its own page (OAuth 2.0 Form Post Response Mode). */
export interface PostedAnswer {
  /** The parameters of the answer, as a provider that redirects would send them. */
  readonly query: URLSearchParams;
  readonly state: string;
  /** The person's name, which Apple sends the first time only; null without one. Nobody has signed it. */
  readonly name: string | null;
}

const PARAMETERS = ['code', 'state', 'iss', 'error'] as const;
/** Proxies and servers accept addresses of this length. */
const MAX_QUERY = 4_000;
const MAX_NAME = 100;

/** @throws {MicroblogError} `provider_answer_invalid` if the answer is too long for an address. */
export function postedAnswer(form: Form): PostedAnswer {
  const query = new URLSearchParams();
  for (const name of PARAMETERS) if (form.text(name) !== '') query.set(name, form.text(name));
  if (query.toString().length > MAX_QUERY) {
    throw hostError('provider_answer_invalid', 'The answer of the provider is too long.');
  }
  return { query, state: form.text('state'), name: nameIn(form.text('user')) };
}

const userSchema = z.object({
  name: z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() }),
});

/** Reads Apple's `{"name":{"firstName":…,"lastName":…},"email":…}`. The address in it is not proven, so it is left. */
function nameIn(user: string): string | null {
  let given: unknown;
  try {
    given = JSON.parse(user);
  } catch {
    return null;
  }
  const { firstName, lastName } = userSchema.safeParse(given).data?.name ?? {};
  const name = [firstName, lastName].filter(Boolean).join(' ').trim().slice(0, MAX_NAME);
  return name === '' ? null : name;
}
