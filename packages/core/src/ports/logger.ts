/** The call style of pino, so a pino logger can be used directly. Details first, then a message. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Logs nothing. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

/** Writes only warnings and errors, to the console. The default of a microblog. */
export const consoleLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: (details, message) => console.warn(`microblog: ${message}`, details),
  error: (details, message) => console.error(`microblog: ${message}`, details),
};
