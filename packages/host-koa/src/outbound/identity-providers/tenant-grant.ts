import { type Configuration, customFetch } from 'openid-client';
import type { Fetch } from '../http/bounded-fetch.ts';
import { issuerOfTenant } from './issuer.ts';
import { MetadataError } from './metadata-error.ts';

interface TenantGrant<Result> {
  /** The issuer with `{tenantid}`. */
  readonly template: string;
  readonly fetch: Fetch;
  /** A configuration with this issuer. */
  readonly configure: (issuer: string) => Configuration;
  /** The exchange of the code for tokens. */
  readonly exchange: (at: Configuration) => Promise<Result>;
}

/**
 * Exchanges a code at a provider whose issuer is a template for tenants (Microsoft Entra ID). The ID token names its
 * tenant in `tid`, and must have exactly that tenant's issuer. openid-client compares with one issuer only, so the
 * first run fetches the answer, and the second one reads it with the issuer of the tenant.
 * @throws {MetadataError} if the answer has tokens, and none names a tenant.
 */
export async function tenantGrant<Result>(grant: TenantGrant<Result>): Promise<Result> {
  const { template, fetch, configure, exchange } = grant;
  const answer = await fetchedAnswer(grant);
  const issuer = issuerOfTenant(template, tenantIn(await answer.clone().text()));
  if (issuer === null && answer.ok) throw new MetadataError('tenant_unknown');
  // An error of the provider has no token: openid-client reports it.
  const configuration = configure(issuer ?? template);
  let given = false;
  configuration[customFetch] = async (url, options) => {
    if (given) return fetch(url, options as RequestInit);
    given = true;
    return answer;
  };
  return exchange(configuration);
}

async function fetchedAnswer<Result>({ template, fetch, configure, exchange }: TenantGrant<Result>) {
  const configuration = configure(template);
  let answer: Response | undefined;
  configuration[customFetch] = async (url, options) => {
    answer = await fetch(url, options as RequestInit);
    throw new Error('The answer is read in the second run.');
  };
  try {
    await exchange(configuration);
  } catch (error) {
    if (answer === undefined) throw error;
  }
  if (answer === undefined) throw new TypeError('The exchange made no request.');
  return answer;
}

/** `tid` of the ID token in an answer; undefined without one. It only chooses the issuer that is then required. */
function tenantIn(text: string): unknown {
  try {
    const { id_token: token } = JSON.parse(text);
    return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()).tid;
  } catch {
    return undefined;
  }
}
