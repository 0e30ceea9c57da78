import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTexts } from '../../scripts/i18n/check-texts.ts';
import { extractTexts } from '../../scripts/i18n/extract-texts.ts';

const original = join(import.meta.dirname, '../..');

/** The sources and texts of this package, to be spoilt; gone when it is disposed of. */
export interface PackageCopy extends Disposable {
  readonly folder: string;
  read(file: string): string;
  write(file: string, content: string): void;
  /** Replaces a part that is there once. */
  replace(file: string, part: string, by: string): void;
  /** What `pnpm i18n:check` does, in this process: the copies are many, and a process takes a second. */
  check(): Outcome;
  /** What `pnpm i18n:extract` does. */
  extract(options?: { removeUnused?: boolean }): Outcome;
}

interface Outcome {
  readonly code: number;
  readonly output: string;
}

export function packageCopy(): PackageCopy {
  const folder = mkdtempSync(join(tmpdir(), 'microblog-texts-'));
  cpSync(join(original, 'locales'), join(folder, 'locales'), { recursive: true });
  // Copied when they are spoilt: most faults are of texts alone.
  const sources = ['src', 'views', 'scripts'];
  for (const part of sources) symlinkSync(join(original, part), join(folder, part));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const copyPart = (part: string) => {
    if (!lstatSync(join(folder, part)).isSymbolicLink()) return;
    unlinkSync(join(folder, part));
    cpSync(join(original, part), join(folder, part), { recursive: true });
  };
  const write = (file: string, content: string) => {
    const part = file.split('/')[0] ?? '';
    if (sources.includes(part)) copyPart(part);
    writeFileSync(join(folder, file), content);
  };
  return {
    folder,
    read,
    write,
    replace(file, part, by) {
      const parts = read(file).split(part);
      if (parts.length !== 2) throw new Error(`${file}: ${part} is there ${parts.length - 1} times.`);
      write(file, parts.join(by));
    },
    check: () => lines((report) => checkTexts(folder, report)),
    extract({ removeUnused = false } = {}) {
      // It writes the keys that the compiler knows into `src`.
      copyPart('src');
      return lines((report) => extractTexts(folder, { removeUnused }, report));
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function lines(command: (report: (line: string) => void) => number): Outcome {
  let output = '';
  const code = command((line) => {
    output += `${line}\n`;
  });
  return { code, output };
}
