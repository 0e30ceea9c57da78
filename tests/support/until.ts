/**
 * Polls until a condition holds, and returns the value; the test's own time limit ends it. For states of other
 * processes, which send no notification.
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
