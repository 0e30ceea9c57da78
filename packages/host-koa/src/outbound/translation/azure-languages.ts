/** Languages whose code at the service is not the primary language of a tag. */
const codes: Readonly<Record<string, string>> = {
  'fr-ca': 'fr-ca',
  'pt-pt': 'pt-pt',
  'zh-cn': 'zh-Hans',
  'zh-sg': 'zh-Hans',
  'zh-hans': 'zh-Hans',
  'zh-hant': 'zh-Hant',
  'zh-hk': 'zh-Hant',
  'zh-tw': 'zh-Hant',
  mn: 'mn-Cyrl',
  nn: 'nb',
  no: 'nb',
  sr: 'sr-Cyrl',
  'sr-latn': 'sr-Latn',
  tl: 'fil',
  zh: 'zh-Hans',
};

/** Converts a BCP 47 tag to the code of Azure AI Translator. */
export function azureLanguage(tag: string): string {
  const whole = tag.toLowerCase();
  const primary = whole.split('-')[0] ?? whole;
  return codes[whole] ?? codes[whole.split('-').slice(0, 2).join('-')] ?? codes[primary] ?? primary;
}

/** The same for the source language. Null if the tag leaves the script open; the service then detects the language. */
export function azureSource(tag: string): string | null {
  return /^(zh|sr|mn)$/i.test(tag) ? null : azureLanguage(tag);
}
