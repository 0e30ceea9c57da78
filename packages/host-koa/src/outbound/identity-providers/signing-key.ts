import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';

const error = 'an object with teamId, keyId and privateKey';

/** Messages complete the sentence "expected … to be". */
export const signingKeySchema = z
  .strictObject(
    {
      teamId: z.string({ error }).min(1, error).describe('The id of the team.'),
      keyId: z.string({ error }).min(1, error).describe('The id of the key.'),
      privateKey: z.string({ error }).describe('The text of the key file, in PEM format: a key for ES256.'),
    },
    { error },
  )
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
