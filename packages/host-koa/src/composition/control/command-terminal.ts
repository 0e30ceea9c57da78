/** An output of a command, with the width of the screen behind it. */
export type CommandOutput = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  /** Width of the screen in characters; absent for files and pipes. */
  readonly columns?: number;
};

/** Standard input of the user. */
export interface CommandInput {
  /** Whether a person types it. */
  readonly isTTY: boolean;
  /** Everything that is sent, once. Reading begins only when it is iterated. */
  read(): AsyncIterable<Uint8Array>;
}

/** A file that is being written for the user. It gets its name only when it is kept. */
export interface NewFile {
  /** Appends. Await each call before the next. @throws errors of the user's system, with `errno`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Gives the file its name when its whole content is on the disk. */
  keep(): Promise<void>;
  /** Deletes what was written. May be called at any time, also twice. */
  discard(): Promise<void>;
}

/** A file of the user that can be read several times. */
export interface OpenFile {
  /** Bytes. */
  readonly size: number;
  /** Bytes from `position` on: `length` of them, fewer at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Files as the user names them: relative names start in the user's folder, not in that of the serving process. */
export interface CommandFiles {
  /**
   * Begins a file that only this user may read.
   * @throws {Error} in one line if it exists and `force` is false; errors of the user's system, with `errno`.
   */
  create(path: string, options: { readonly force: boolean }): Promise<NewFile>;
  /**
   * Opens a file. `-` is standard input, which is copied to a temporary file first.
   * @throws {Error} in one line if `path` is not a file; errors of the user's system, with `errno`.
   */
  open(path: string): Promise<OpenFile>;
}

/**
 * All that a command reads from and writes to: the user's own terminal and files. This also holds if the command runs
 * in another process than the one that the user started.
 */
export interface CommandTerminal {
  readonly stdin: CommandInput;
  readonly stdout: CommandOutput;
  readonly stderr: CommandOutput;
  /** Whether `stdout` shows colours. */
  readonly colours: boolean;
  /** Asks the user on `stderr`. Returns the typed line, or null if the user interrupts. */
  ask(question: string): Promise<string | null>;
  readonly files: CommandFiles;
}

/** Properties of a terminal that another process cannot look up. */
export interface TerminalFacts {
  readonly stdin: { readonly isTTY: boolean };
  readonly stdout: { readonly isTTY: boolean; readonly columns?: number | undefined };
  readonly stderr: { readonly isTTY: boolean; readonly columns?: number | undefined };
  readonly colours: boolean;
}
