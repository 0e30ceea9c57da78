/** The beginning of a text, limited to so many characters as readers count them, with an ellipsis if it was cut. */
export function excerpt(text: string, length: number): string {
  // A text has at least as many code units as readers count characters.
  if (text.length <= length) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (count++ === length) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}
