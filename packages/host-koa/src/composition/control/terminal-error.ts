/** An error of the user's terminal or files, such as a closed pipe or a missing file. The serving process is not at fault. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  /** Of an error of the operating system. */
  declare readonly errno?: number;

  constructor(message: string, errno?: number) {
    super(message);
    if (errno !== undefined) this.errno = errno;
  }
}
