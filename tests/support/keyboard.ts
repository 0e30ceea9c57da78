import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Presses Tab until an element of `target` has the focus, and checks that the focus is visible. Fails if Tab never
 * reaches it.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = target.and(page.locator(':focus'));
  for (let presses = 0; (await focused.count()) === 0; presses++) {
    expect(presses, `Tab leads to ${target}`).toBeLessThan(80);
    await page.keyboard.press('Tab');
  }
  expect(await focused.isVisible(), `${target} is visible`).toBe(true);
  expect(await focused.and(page.locator(':focus-visible')).count(), `${target} shows its focus`).toBe(1);
}

/** Goes to a field by Tab, and replaces its text. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Goes to a link or a button by Tab, and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
