/** What the surrounding server leaves to the application. Default: everything. */
export interface Surroundings {
  /** False if a body parser in front reads forms and keeps invalid escapes as text. */
  readonly formsAsSent?: boolean;
  /** False if a router in front answers paths that it cannot decode. */
  readonly undecodablePaths?: boolean;
}

/** Those of the paths, or parts of paths, that reach the application. */
export function arriving(paths: readonly string[], { undecodablePaths = true }: Surroundings): string[] {
  return paths.filter((path) => undecodablePaths || isDecodable(path));
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}
