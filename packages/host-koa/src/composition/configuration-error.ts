/** The environment variables are invalid. One line a fault, each with the expected value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.length === 1 ? `Configuration: ${faults[0]}` : `Configuration:\n  ${faults.join('\n  ')}`);
    this.faults = faults;
  }
}
