import type { Worker } from 'node:cluster';

/** The message of `node:cluster` with a connection for a worker. The worker's answer has its number. */
interface HandedConnection {
  readonly cmd: 'NODE_CLUSTER';
  readonly act: 'newconn';
  readonly seq: number;
}

// Why: docs/decisions/0049-several-processes.md
/**
 * Saves connections that were on their way to a worker when it died. `node:cluster` would wait for the worker's
 * answer for ever, with the connection open. This function answers for the dead worker: "not accepted", so that
 * another worker gets the connection, or, if there is no other worker, "accepted", so that the connection is closed.
 * The worker has read nothing from the connection, since it answers before it reads.
 *
 * The messages are those of Node's `internal/cluster`. With a version that has others, this does nothing.
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

  /** Runs when every message of the worker is read, and `node:cluster` has forgotten the worker. */
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
