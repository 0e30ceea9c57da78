/** One step in the history of the database structure. Released steps never change; a new step corrects a mistake. */
export interface Migration {
  /** Unique and permanent: databases store it. */
  readonly name: string;
  /** The statements that apply the step. `schema` is a quoted identifier. */
  up(schema: string): readonly string[];
  /** The statements that undo it. They delete the data in everything that they drop. */
  down(schema: string): readonly string[];
  /**
   * The earlier migration whose tables this one takes over and drops. A database that lacks both gets only this other
   * `up`, and nothing of the earlier one: see `pendingSteps`.
   */
  readonly replaces?: { readonly name: string; up(schema: string): readonly string[] };
}
