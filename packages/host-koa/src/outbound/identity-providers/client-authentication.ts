import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type ClientAuth, ClientSecretBasic, ClientSecretPost, type ServerMetadata } from 'openid-client';
import type { ProviderSettings } from './provider-settings.ts';
import type { SigningKeySettings } from './signing-key.ts';

/** Seconds. Apple allows six months; each sign-in gets a secret of its own. */
const SECRET_LIFETIME = 5 * 60;

/**
 * Sends the secret as the provider wants it: in a header if it allows that (RFC 6749, section 2.3.1), else in the
 * form. A secret that has to be signed (Apple) is signed for each request.
 */
export function clientAuthentication({
  clientId,
  clientSecret = '',
  clientSecretKey,
}: ProviderSettings): ClientAuth {
  const key = clientSecretKey === undefined ? null : createPrivateKey(clientSecretKey.privateKey);
  return (server, client, body, headers) => {
    const secret =
      clientSecretKey === undefined || key === null
        ? clientSecret
        : signedSecret(clientSecretKey, key, clientId, server);
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const inForm = methods.includes('client_secret_post') && !methods.includes('client_secret_basic');
    (inForm ? ClientSecretPost(secret) : ClientSecretBasic(secret))(server, client, body, headers);
  };
}

/**
 * A client secret as a JSON Web Token.
 * @see https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
 */
function signedSecret(
  { teamId, keyId }: SigningKeySettings,
  key: KeyObject,
  clientId: string,
  { issuer }: ServerMetadata,
): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'ES256', kid: keyId, typ: 'JWT' });
  const claims = encode({ iss: teamId, iat: now, exp: now + SECRET_LIFETIME, aud: issuer, sub: clientId });
  const content = `${header}.${claims}`;
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}
