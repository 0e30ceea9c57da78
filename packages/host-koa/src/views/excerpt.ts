/** The beginning of a text, of so many characters as its reader counts them, with an ellipsis where it was cut. */
export function excerpt(text: string, length: number): string {
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (count++ === length) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}
