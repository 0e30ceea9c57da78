import { styleText } from 'node:util';
import type { Terminal } from '../terminal.ts';
import { printLine } from '../terminal.ts';
import type { Area } from './examine.ts';
import type { Finding, Verdict } from './finding.ts';

const marks: Readonly<
  Record<Verdict, readonly [mark: string, word: string, colour: 'green' | 'yellow' | 'red']>
> = {
  ok: ['✓', 'ok', 'green'],
  warn: ['!', 'warn', 'yellow'],
  fail: ['✗', 'fail', 'red'],
};

/** Columns before a message: mark and verdict. */
const INDENT = 9;
/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100;
const NARROWEST = 40;

type Stream = Terminal['stdout'];

/** One area: a title, and a line for each finding with its remedy below it. */
export function printArea(stream: Stream, { title, findings }: Area): void {
  printLine(stream, styled(stream, 'bold', title));
  for (const finding of findings) printFinding(stream, finding);
  printLine(stream, '');
}

function printFinding(stream: Stream, { verdict, message, remedy }: Finding): void {
  const [mark, word, colour] = marks[verdict];
  const [first = '', ...rest] = wrapped(message, width(stream) - INDENT);
  printLine(stream, `  ${styled(stream, colour, `${mark} ${word.padEnd(4)}`)} ${first}`);
  for (const line of rest) printLine(stream, `${' '.repeat(INDENT)}${line}`);
  if (remedy === null) return;
  wrapped(remedy, width(stream) - INDENT - 2).forEach((line, index) => {
    printLine(stream, `${' '.repeat(INDENT)}${styled(stream, 'cyan', index === 0 ? '→' : ' ')} ${line}`);
  });
}

/** How many of each, the worst first. */
export function printSummary(stream: Stream, findings: readonly Finding[]): void {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [failed, warned, fine] = [count('fail'), count('warn'), count('ok')];
  const parts = [
    ...(failed > 0 ? [styled(stream, 'red', `${failed} failed`)] : []),
    ...(warned > 0 ? [styled(stream, 'yellow', `${warned} warning${warned === 1 ? '' : 's'}`)] : []),
    styled(stream, 'green', `${fine} ok`),
  ];
  printLine(stream, parts.join(', '));
}

function styled(stream: Stream, style: 'bold' | 'green' | 'yellow' | 'red' | 'cyan', text: string): string {
  // It knows of NO_COLOR, FORCE_COLOR and of streams that are no terminal.
  return styleText(style, text, { stream: stream as NodeJS.WriteStream, validateStream: true });
}

function width(stream: Stream): number {
  const columns = 'columns' in stream && typeof stream.columns === 'number' ? stream.columns : WIDEST;
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}

/** Between words; a word that is longer than a line, such as a path, stays whole so that it can be copied. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/\p{Cc}/gu, ' ').split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
