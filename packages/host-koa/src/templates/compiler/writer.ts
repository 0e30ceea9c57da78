import { NotCompilable } from './not-compilable.ts';
import { quoted } from './values.ts';

/** A template that includes itself, or templates that include each other many times, would grow without end. */
const MAX_LENGTH = 1_000_000;

/** Writes the JavaScript of a page: statements that add text to one variable. Adjacent literal texts are one. */
export class Writer {
  #parts: string[] = [];
  /** Literal text that is not written yet. */
  #text = '';
  #target = 'o';
  #length = 0;
  #names = 0;

  /** A new name for a variable. */
  name(letter: string): string {
    return `${letter}${++this.#names}`;
  }

  /** Adds literal text to the output. */
  text(text: string): void {
    this.#text += text;
  }

  /** Adds the result of an expression, a text, to the output. */
  output(expression: string): void {
    this.line(`${this.#target} += ${expression};`);
  }

  /** Writes a statement. */
  line(statement: string): void {
    this.#flush();
    this.#push(statement);
  }

  /** Writes a text to the output, which is then over. */
  #flush(): void {
    if (this.#text === '') return;
    this.#push(`${this.#target} += ${quoted(this.#text)};`);
    this.#text = '';
  }

  #push(statement: string): void {
    this.#length += statement.length;
    if (this.#length > MAX_LENGTH) throw new NotCompilable('it is too long, with all that it includes');
    this.#parts.push(statement);
  }

  /** Returns the statements that `write` writes. */
  statements(write: () => void): string {
    this.#flush();
    const outer = this.#parts;
    this.#parts = [];
    write();
    this.#flush();
    const inner = this.#parts.join('\n');
    this.#parts = outer;
    return inner;
  }

  /** What `write` writes: literal text alone, or else statements that add it to the variable `target`. */
  captured(target: string, write: () => void): { readonly text: string } | { readonly statements: string } {
    this.#flush();
    const [parts, outer] = [this.#parts, this.#target];
    this.#parts = [];
    this.#target = target;
    write();
    const text = this.#parts.length === 0 ? this.#text : null;
    if (text === null) this.#flush();
    this.#text = '';
    const statements = this.#parts.join('\n');
    this.#parts = parts;
    this.#target = outer;
    return text === null ? { statements } : { text };
  }
}
