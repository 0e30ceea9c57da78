/** A template uses something that the compiler does not support. The message says what, for a person. */
export class NotCompilable extends Error {}
