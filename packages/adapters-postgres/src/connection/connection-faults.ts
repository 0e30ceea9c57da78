/** Why the database can't be reached, and the remedy. `%` stands for the location of the database. */
export interface ConnectionFault {
  readonly message: string;
  readonly remedy: string;
}

const refused: ConnectionFault = {
  message: 'Nothing accepts connections at %.',
  remedy: 'Start the Postgres server, or correct host and port in the connection string.',
};
const silent: ConnectionFault = {
  message: 'The database at % does not answer.',
  remedy: 'Check the host, the network and any firewall in between.',
};
const late: ConnectionFault = {
  message: 'The database at % did not answer in time.',
  remedy: 'Check its load, sessions that hold locks (pg_stat_activity), and the network.',
};
const unknownHost: ConnectionFault = {
  message: 'There is no host of that name: %.',
  remedy: 'Correct the host in the connection string, or the name service of this machine.',
};
const lost: ConnectionFault = {
  message: 'The connection to % was lost.',
  remedy: 'Try again; new connections are opened as soon as the server accepts them.',
};
const starting: ConnectionFault = {
  message: 'The database at % is starting or stopping.',
  remedy: 'Try again in a moment.',
};
const notAdmitted: ConnectionFault = {
  message: 'The database at % does not admit this user.',
  remedy: 'Correct user and password in the connection string.',
};
const noDatabase: ConnectionFault = {
  message: 'There is no such database: %.',
  remedy: 'Create it (createdb), or correct the name at the end of the connection string.',
};
const noSocket: ConnectionFault = {
  message: 'There is no Postgres socket at %.',
  remedy: 'Start the Postgres server, or name its host in the connection string.',
};
const full: ConnectionFault = {
  message: 'The database at % has no connection left.',
  remedy: 'Lower the pool size (DATABASE_POOL) or the number of processes, or raise max_connections.',
};
const busy: ConnectionFault = {
  message: 'All connections to % of this process are in use.',
  remedy: 'Raise the pool size (DATABASE_POOL), or look for slow statements and open transactions.',
};
const noTls: ConnectionFault = {
  message: 'The database at % offers no TLS.',
  remedy: 'Add sslmode=disable to the connection string, or turn on ssl in the server.',
};
const untrusted: ConnectionFault = {
  message: 'The TLS certificate of % is not trusted.',
  remedy: 'Give its authority (sslrootcert in the connection string), or add sslmode=no-verify.',
};
const closed: ConnectionFault = {
  message: 'The storage on % is closed.',
  remedy: 'Open a new one; close the old one only after its last use.',
};

/** SQLSTATEs, and error codes of Node's net, dns and tls modules. */
const byCode: Readonly<Record<string, ConnectionFault>> = {
  ECONNREFUSED: refused,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ENOENT: noSocket,
  ETIMEDOUT: silent,
  EHOSTUNREACH: silent,
  ENETUNREACH: silent,
  ECONNRESET: lost,
  EPIPE: lost,
  '28P01': notAdmitted,
  '28000': {
    ...notAdmitted,
    remedy:
      'Correct the user in the connection string; if the server requires TLS, add sslmode=verify-full, or no-verify for a self-signed certificate.',
  },
  '3D000': noDatabase,
  '53300': full,
  '57P01': lost,
  '57P02': lost,
  '57P03': starting,
  '57P05': lost,
  '25P03': lost,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
};

/** Faults that `pg`, its pool, knex and PGlite report with a text but no code. */
const byText: readonly (readonly [text: string, fault: ConnectionFault])[] = [
  ['Connection terminated due to connection timeout', silent],
  ['timeout expired', silent],
  ['Defined query timeout of', late],
  ['Query read timeout', late],
  ['timeout exceeded when trying to connect', busy],
  ['Knex: Timeout acquiring a connection', busy],
  ['Connection terminated', lost],
  ['Client has encountered a connection error', lost],
  ['Client was closed and is not queryable', lost],
  ['The server does not support SSL connections', noTls],
  ['There was an error establishing an SSL connection', noTls],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password', notAdmitted],
  ['Cannot use a pool after calling end on the pool', closed],
  ['PGlite is clos', closed],
];

export const storageClosed = closed;

/** The fault that prevented a statement from reaching the database. Null if the database was reached. */
export function connectionFault(error: {
  readonly code?: unknown;
  readonly message: string;
}): ConnectionFault | null {
  const { code, message } = error;
  if (typeof code === 'string') {
    if (Object.hasOwn(byCode, code)) return byCode[code] ?? null;
    // Class 08 of SQLSTATE: connection exceptions.
    if (/^08...$/.test(code)) return lost;
    // Any other SQLSTATE comes from the server, so it was reached.
    if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return null;
  }
  return byText.find(([text]) => message.includes(text))?.[1] ?? null;
}
