const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A format as `Intl.DateTimeFormat` makes it, made once: that takes a hundred times as long as to write a date
 * with it, and a page has many. There are as many as languages on offer and calls in the code.
 */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, made);
  return made;
}
