/** What the server around the application leaves to it. Nothing said: everything. */
export interface Surroundings {
  /** False where a body parser before reads forms, and takes escapes that are none for text. */
  readonly formsAsSent?: boolean;
  /** False where a router before answers by itself what it cannot decode. */
  readonly undecodablePaths?: boolean;
}

/** Those of the paths, or parts of paths, that arrive at the application. */
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
