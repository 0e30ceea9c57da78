import type { Worker } from 'node:cluster';

/** What `node:cluster` sends with a connection that it hands to a worker, and how the worker's answer refers to it. */
interface HandedConnection {
  readonly cmd: 'NODE_CLUSTER';
  readonly act: 'newconn';
  readonly seq: number;
}

// Why: docs/decisions/0049-several-processes.md
/**
 * Saves connections that were on their way to a worker when it died. `node:cluster` waits for the worker's
 * answer for ever, with the connection open and nobody to serve it. Here the answer that will not come is given
 * for it: that it takes no more, upon which another worker gets the connection, and where there is none, that
 * it is taken, upon which the connection is closed. The worker has read nothing from it: it answers first.
 *
 * The messages are those of Node's `internal/cluster`; where a version has others, nothing is done.
 */
export function rescueConnections({ process: child }: Worker, isServed: () => boolean): void {
  const onTheWay = new Set<number>();
  const { send } = child;
  child.send = ((message: unknown, ...rest: []) => {
    if (isHandedConnection(message)) onTheWay.add(message.seq);
    return send.call(child, message as object, ...rest);
  }) as typeof send;
  child.on('internalMessage', (message: { readonly ack?: number }) => {
    if (message.ack !== undefined) onTheWay.delete(message.ack);
  });
  child.once('exit', () => setImmediate(giveAnswers));

  /** Called when everything is read that the worker had sent, and `node:cluster` has forgotten the worker. */
  function giveAnswers(): void {
    for (const ack of onTheWay) {
      child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: !isServed() });
    }
    onTheWay.clear();
  }
}

function isHandedConnection(message: unknown): message is HandedConnection {
  return (
    typeof message === 'object' &&
    message !== null &&
    'cmd' in message &&
    message.cmd === 'NODE_CLUSTER' &&
    'act' in message &&
    message.act === 'newconn' &&
    'seq' in message &&
    typeof message.seq === 'number'
  );
}
