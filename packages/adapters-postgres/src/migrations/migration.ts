/** One step of the database's history. Steps that were released never change; a mistake is mended by a new one. */
export interface Migration {
  /** Unique, and for ever: databases remember it. */
  readonly name: string;
  /** Statements that take the step, one each. `schema` is a quoted identifier. */
  up(schema: string): readonly string[];
  /** Statements that undo it. What people wrote into what they drop is lost. */
  down(schema: string): readonly string[];
  /**
   * The earlier migration whose tables this one takes over and drops. A database that lacks both gets the statements
   * of this `up` and none of the earlier one: see `pendingSteps`.
   */
  readonly replaces?: { readonly name: string; up(schema: string): readonly string[] };
}
