/** pino's way of being called, so that a pino logger fits as it is. Details first, then a message. */
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

/** Warnings and errors to the console, and nothing else: what a microblog has that was given no logger. */
export const consoleLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: (details, message) => console.warn(`microblog: ${message}`, details),
  error: (details, message) => console.error(`microblog: ${message}`, details),
};
