import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export type AxeOptions = Parameters<AxeBuilder['options']>[0];

/** The rules of axe whose result can differ between two themes of the same page. */
export const colourRules: AxeOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

const builder = createRequire(import.meta.url).resolve('@axe-core/playwright');
/** The minified axe-core. The builder's own choice is a script of twice the size, which it injects twice a run. */
const axeCore = readFileSync(createRequire(builder).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the current page: a line for each rule. Default: all rules that axe has on. */
export async function violations(page: Page, options: AxeOptions = {}): Promise<string[]> {
  // Only frames of other origins need axe in their own page.
  const isAlone = page.frames().length === 1;
  if (isAlone && (await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeCore);
  const found = await new AxeBuilder({ page, axeSource: isAlone ? '"axe is there"' : axeCore })
    .setLegacyMode(isAlone)
    // Passed rules are not read here; their elements would take much of the time.
    .options({ resultTypes: ['violations'], ...options })
    .analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`);
}
