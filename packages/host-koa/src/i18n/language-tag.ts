/** Whether `tag` has the form of a BCP 47 language tag, in the usual letters. */
export function isLanguageTag(tag: string): boolean {
  if (!/^[a-z]{2,3}(-|$)/.test(tag)) return false;
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
