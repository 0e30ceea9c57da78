/** What a semicolon may hide in: a body between dollars, a text between quotes. */
const part = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|;/g;

/** The statements of a script, without their semicolons. Comments with a semicolon or a quote are not understood. */
export function sqlStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (const { 0: found, index } of script.matchAll(part)) {
    if (found !== ';') continue;
    statements.push(script.slice(start, index).trim());
    start = index + 1;
  }
  statements.push(script.slice(start).trim());
  return statements.filter((statement) => statement !== '');
}
