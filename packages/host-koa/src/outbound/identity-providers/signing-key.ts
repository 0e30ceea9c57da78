import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

/** Messages complete the sentence "expected … to be". */
export const signingKeySchema = z
  .strictObject({
    teamId: z
      .string({ error: 'an object with teamId, keyId and privateKey' })
      .min(1)
      .describe('The team’s id.'),
    keyId: z
      .string({ error: 'an object with teamId, keyId and privateKey' })
      .min(1)
      .describe('The key’s id.'),
    privateKey: z
      .string({ error: 'an object with teamId, keyId and privateKey' })
      .describe('The key file’s text, in PEM format: a key for ES256.'),
  })
  .refine(
    ({ privateKey }) => isKeyForEs256(privateKey),
    'a private key for ES256 in PEM format, at privateKey',
  );

/** A key that signs client secrets, as Apple gives it. */
export type SigningKeySettings = z.output<typeof signingKeySchema>;

/** ES256 uses the curve P-256 (RFC 7518, section 3.4). */
function isKeyForEs256(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
