const OLDEST: readonly [major: number, minor: number] = [22, 18];

/** A message for the user of a Node.js that is too old; null for any other. */
export function nodeVersionFault(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `needs Node.js ${OLDEST.join('.')} or newer; this is ${version}. Install a newer one.`;
}
