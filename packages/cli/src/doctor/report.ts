import { styleText } from 'node:util';
import type { CommandTerminal } from '@microblog/host-koa/composition';
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

/** The number of columns before a message, for mark and verdict. */
const INDENT = 9;
/** The width of lines on a wide terminal: longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;

type Screen = Pick<CommandTerminal, 'stdout' | 'colours'>;

/** Prints one area: its title, and each finding with its remedy below it. */
export function printArea(screen: Screen, { title, findings }: Area): void {
  printLine(screen.stdout, styled(screen, 'bold', title));
  for (const finding of findings) printFinding(screen, finding);
  printLine(screen.stdout, '');
}

function printFinding(screen: Screen, { verdict, message, remedy }: Finding): void {
  const [mark, word, colour] = marks[verdict];
  const [first = '', ...rest] = wrapped(message, width(screen) - INDENT);
  printLine(screen.stdout, `  ${styled(screen, colour, `${mark} ${word.padEnd(4)}`)} ${first}`);
  for (const line of rest) printLine(screen.stdout, `${' '.repeat(INDENT)}${line}`);
  if (remedy === null) return;
  wrapped(remedy, width(screen) - INDENT - 2).forEach((line, index) => {
    printLine(
      screen.stdout,
      `${' '.repeat(INDENT)}${styled(screen, 'cyan', index === 0 ? '→' : ' ')} ${line}`,
    );
  });
}

/** Prints the number of findings for each verdict, worst first. */
export function printSummary(screen: Screen, findings: readonly Finding[]): void {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [failed, warned, fine] = [count('fail'), count('warn'), count('ok')];
  const parts = [
    ...(failed > 0 ? [styled(screen, 'red', `${failed} failed`)] : []),
    ...(warned > 0 ? [styled(screen, 'yellow', `${warned} warning${warned === 1 ? '' : 's'}`)] : []),
    styled(screen, 'green', `${fine} ok`),
  ];
  printLine(screen.stdout, parts.join(', '));
}

function styled(
  { colours }: Screen,
  style: 'bold' | 'green' | 'yellow' | 'red' | 'cyan',
  text: string,
): string {
  return colours ? styleText(style, text, { validateStream: false }) : text;
}

function width({ stdout: { columns = WIDEST } }: Screen): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}

/**
 * Breaks a text into lines of at most `columns`. Longer words, such as paths, are not broken, so that users can copy
 * them.
 */
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
