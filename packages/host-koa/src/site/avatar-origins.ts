/**
 * Origins of pictures that pages may show.
 * @throws {Error} for an invalid origin: it would become part of the Content-Security-Policy.
 */
export function checkedOrigins(origins: readonly string[], option = 'avatarOrigins'): ReadonlySet<string> {
  for (const origin of origins) {
    if (!/^https?:\/\//.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(
        `${option} takes origins such as 'https://cdn.example.org', without a path; got '${origin}'.`,
      );
    }
  }
  return new Set(origins);
}
