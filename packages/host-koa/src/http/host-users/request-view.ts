import type { IncomingMessage } from 'node:http';

/**
 * The request with another `url`. Frameworks remove a mount path from the address, but the host application knows the
 * whole one. Everything else is read from and written to the request itself, so that sessions which are loaded late
 * stay on the request. Only `url` belongs to the view: other listeners of the request must not see it change.
 */
export function requestWithUrl(request: IncomingMessage, url: string): IncomingMessage {
  if (request.url === url) return request;
  let current: unknown = url;
  return new Proxy(request, {
    // Getters run on the request itself: a private field of its class is not on the proxy.
    get: (target, name) => (name === 'url' ? current : Reflect.get(target, name, target)),
    set(target, name, value) {
      if (name !== 'url') return Reflect.set(target, name, value, target);
      current = value;
      return true;
    },
  });
}
