import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
}

/** A self-signed certificate for the name of another machine. */
export async function selfSignedCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'db.example.org' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  return { privateKey: made.private, certificate: made.cert };
}
