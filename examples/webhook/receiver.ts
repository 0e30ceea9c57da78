import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The receiver: accepts each message once, if it is signed with the secret. It keeps ids in memory. A real receiver
 * has a unique column for them, beside its own data.
 */
export function webhookReceiver(secret: string, take: (message: Received) => void) {
  const seen = new Set<string>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const message = verified(Buffer.concat(chunks), request.headers as Record<string, string>);
    if (message === null) return void response.writeHead(401).end();
    const id = String(request.headers['webhook-id']);
    if (!seen.has(id)) take(message);
    seen.add(id);
    response.writeHead(204).end();
  };

  function verified(body: Buffer, headers: Record<string, string>): Received | null {
    try {
      return new Webhook(secret).verify(body, headers) as Received;
    } catch {
      return null;
    }
  }
}
