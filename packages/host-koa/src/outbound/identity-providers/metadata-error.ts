/** Metadata of a provider that cannot be used. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
  /** One word for the log. */
  readonly reason: string;
  /** The issuer as the provider itself writes it, if the configured one differs. */
  readonly saidIssuer: string | null;

  constructor(reason: string, saidIssuer: string | null = null) {
    super(`The metadata of a sign-in provider cannot be used: ${reason}.`);
    this.reason = reason;
    this.saidIssuer = saidIssuer;
  }
}
