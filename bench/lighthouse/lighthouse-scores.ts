import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { unpackChromium } from '../../tests/support/chromium.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export interface PageScores {
  readonly page: string;
  readonly device: 'mobile' | 'desktop';
  /** Scores from 0 to 100. */
  readonly scores: Readonly<Record<(typeof CATEGORIES)[number], number>>;
  /** Milliseconds until the largest part of the page is painted. */
  readonly largestPaint: number;
  /** Milliseconds in which the page could not react to its reader. */
  readonly blocking: number;
  /** Cumulative layout shift; 0 means no shift. */
  readonly shift: number;
  /** Bytes of all responses, headers included. */
  readonly bytes: number;
  /** Scored audits that failed. */
  readonly failed: readonly string[];
}

/**
 * Loads each page in a fresh browser profile, as a phone with a slow network and as a desktop, `runs` times each,
 * one after the other. Of several runs, the one with the median performance is returned.
 */
export async function lighthouseScores(
  origin: string,
  pages: Readonly<Record<string, string>>,
  runs: number,
): Promise<PageScores[]> {
  const { executablePath, environment } = await unpackChromium();
  const chrome = await launch({
    chromePath: executablePath,
    envVars: { ...process.env, ...environment },
    // The launcher's default flags turn off the browser's own background traffic.
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic'],
    logLevel: 'error',
  });
  try {
    const rows: PageScores[] = [];
    for (const [page, path] of Object.entries(pages)) {
      for (const device of ['mobile', 'desktop'] as const) {
        const url = new URL(path, origin).href;
        const found = [];
        for (let run = 0; run < runs; run++) found.push(await scoresOf(url, device, chrome.port));
        found.sort((one, other) => one.scores.performance - other.scores.performance);
        const middle = found[Math.floor(runs / 2)];
        if (middle === undefined) throw new RangeError('At least one run.');
        rows.push({ page, device, ...middle });
      }
    }
    return rows;
  } finally {
    chrome.kill();
  }
}

async function scoresOf(url: string, device: PageScores['device'], port: number) {
  const flags = { port, onlyCategories: [...CATEGORIES], logLevel: 'error' as const };
  const found = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined);
  if (found === undefined) throw new Error(`Lighthouse says nothing of ${url}.`);
  const { categories, audits, runtimeError } = found.lhr;
  if (runtimeError !== undefined) throw new Error(`${url}: ${runtimeError.message}`);
  const figure = (name: string) => audits[name]?.numericValue ?? Number.NaN;
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)]),
  ) as PageScores['scores'];
  const counted = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? []);
  return {
    scores,
    largestPaint: figure('largest-contentful-paint'),
    blocking: figure('total-blocking-time'),
    shift: figure('cumulative-layout-shift'),
    bytes: figure('total-byte-weight'),
    failed: counted
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ''}`.trim()),
  };
}
