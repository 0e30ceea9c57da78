import manifest from '../package.json' with { type: 'json' };

/** The version of this package, which all of them share. */
export const version: string = manifest.version;
