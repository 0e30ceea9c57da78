import type { Config } from '@microblog/host-koa/composition';
import { type Finding, ok, warn } from '../finding.ts';

/** Whether the setting for trusted proxies fits the way clients reach the process. */
export function checkProxy({ profile, server }: Pick<Config, 'profile' | 'server'>): Finding {
  const { host, trustProxy } = server;
  if (profile === 'heroku') {
    return trustProxy
      ? ok('proxy', 'The router of Heroku is trusted.')
      : warn(
          'proxy',
          'The router of Heroku is not trusted: cookies are sent without TLS, and every visitor has its address.',
          'Unset TRUST_PROXY: heroku config:unset TRUST_PROXY',
        );
  }
  if (isLoopback(host)) {
    return trustProxy
      ? ok('proxy', `A proxy on this machine is trusted; no other machine reaches ${host}.`)
      : ok('proxy', `No proxy is trusted. Behind one, set TRUST_PROXY=1.`);
  }
  return trustProxy
    ? warn(
        'proxy',
        `A proxy is trusted, but others may reach ${host} past it and claim any address.`,
        'Set HOST=127.0.0.1 if the proxy is on this machine, or let a firewall admit only the proxy.',
      )
    : warn(
        'proxy',
        `${host} is reached without a proxy: passwords and cookies cross the network unencrypted.`,
        'Put a proxy with TLS in front, such as nginx or Caddy, and set HOST=127.0.0.1 and TRUST_PROXY=1.',
      );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
