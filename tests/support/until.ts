/**
 * Looks again and again until something holds; the test's own time limit ends it. Returns what it found.
 * For states of other processes, which tell nobody when they change.
 */
export async function until<Found>(
  look: () => Found | Promise<Found>,
): Promise<Exclude<Found, false | null | undefined>> {
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<Found, false | null | undefined>;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
