/**
 * Measures the pages with Lighthouse: the built server, sample people and their posts on the loopback interface.
 * docs/performance.md has figures.
 *
 *   node lighthouse.ts [--json] [--posts=50] [--runs=1]
 *
 * Prints a table in Markdown, or with `--json` the figures. The exit code is 1 if a score is below 95.
 */

import { parseArgs } from 'node:util';
import { lighthouseScores, type PageScores } from './lighthouse-scores.ts';
import { serveDemo } from './served-demo.ts';

/** The score that every category of every page must reach, of 100. */
const MIN_SCORE = 95;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    posts: { type: 'string', default: '50' },
    // The median of several runs, since other work on the machine makes pages look slow.
    runs: { type: 'string', default: '1' },
  },
});
const server = await serveDemo({ postsPerPage: Number(values.posts) });
let rows: PageScores[];
try {
  const pages = { home: '/', explore: '/explore', profile: '/user/marta', 'sign-in': '/login' };
  rows = await lighthouseScores(server.url, pages, Number(values.runs));
} finally {
  await server.stop();
}

if (values.json) console.log(JSON.stringify(rows, null, 2));
else printTable(rows);
const low = rows.filter(({ scores }) => Object.values(scores).some((score) => score < MIN_SCORE));
for (const { page, device, failed } of low) console.error(`${page}, ${device}: ${failed.join(', ')}`);
if (low.length > 0) process.exitCode = 1;

function printTable(rows: readonly PageScores[]): void {
  console.log(
    '| page | device | performance | accessibility | best practices | SEO | LCP | TBT | CLS | bytes |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { page, device, scores, largestPaint, blocking, shift, bytes } of rows) {
    const figures = [
      page,
      device,
      scores.performance,
      scores.accessibility,
      scores['best-practices'],
      scores.seo,
      `${(largestPaint / 1000).toFixed(1)} s`,
      `${Math.round(blocking)} ms`,
      shift.toFixed(3),
      `${Math.round(bytes / 1024)} KB`,
    ];
    console.log(`| ${figures.join(' | ')} |`);
  }
}
