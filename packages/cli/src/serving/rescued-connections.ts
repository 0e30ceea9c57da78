import type { Worker } from 'node:cluster';

/** The message of `node:cluster` with a connection for a worker. The worker's answer has its number. */
interface HandedConnection {
  readonly cmd: 'NODE_CLUSTER';
  readonly act: 'newconn';
  readonly seq: number;
}

// Why: docs/decisions/0049-several-processes.md
/**
 * Saves connections on their way to a worker that died. `node:cluster` would keep them open and wait for the worker's
 * answer forever. This function answers instead of the dead worker. "Not accepted" passes the connection to another
 * worker; "accepted" closes it if there is no other worker. The dead worker has read nothing from the connection, since
 * a worker answers before it reads.
 *
 * The messages are those of Node's `internal/cluster`. In a Node.js version with other messages, this does nothing.
 */
export function rescueConnections({ process: child }: Worker, isServed: () => boolean): void {
  const unanswered = new Set<number>();
  const { send } = child;
  child.send = ((message: unknown, ...rest: []) => {
    if (isHandedConnection(message)) unanswered.add(message.seq);
    return send.call(child, message as object, ...rest);
  }) as typeof send;
  child.on('internalMessage', (message: { readonly ack?: number }) => {
    if (message.ack !== undefined) unanswered.delete(message.ack);
  });
  child.once('exit', () => setImmediate(giveAnswers));

  /** Runs after all messages of the worker have been read, and `node:cluster` has forgotten the worker. */
  function giveAnswers(): void {
    for (const ack of unanswered) {
      child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: !isServed() });
    }
    unanswered.clear();
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
