import { Webhook } from 'standardwebhooks';

export interface Endpoint {
  readonly url: string;
  /** `whsec_` and 24 to 64 random bytes in Base64; the receiver has the same secret. */
  readonly secret: string;
}

export interface Message {
  /** The same for every attempt, so that the receiver can recognize a repetition. */
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: object;
}

/** Sends one message as standardwebhooks.com describes it; rejects unless the answer is a 2xx. */
export async function send({ url, secret }: Endpoint, message: Message, signal: AbortSignal): Promise<void> {
  const { id, ...content } = message;
  const body = JSON.stringify(content);
  const sentAt = new Date();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
    body,
    redirect: 'error',
    signal,
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The webhook was answered with ${response.status}.`);
}
