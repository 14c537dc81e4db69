// SPDX-License-Identifier: Apache-2.0
// What the browser suites share: Debian's Chromium, the demo's one-click people, one line per test.
import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const PATIENCE = Number(process.env.DAYBOOK_TEST_PATIENCE ?? 1); // a sanitizer's build is slower
export const BASE = process.env.DAYBOOK_BASE;
export const ARTIFACTS = new URL('../artifacts/', import.meta.url).pathname;
mkdirSync(ARTIFACTS, { recursive: true });

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });

// A fresh browser window; everything that goes wrong inside it is kept in .trouble
export async function open({ width = 1280, script = true, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 }, javaScriptEnabled: script,
    colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(10000 * PATIENCE);
  page.trouble = [];
  page.on('pageerror', (error) => page.trouble.push(String(error)));
  page.on('console', (m) => m.type() === 'error' && page.trouble.push(m.text()));
  page.on('request', (r) => r.url().startsWith(BASE) || r.url().startsWith('data:')
    || page.trouble.push(`asks elsewhere: ${r.url()}`));
  return page;
}

export async function becomes(page, role) {
  await page.goto(`${BASE}/sign-in`);
  const row = page.locator('form[action="/sign-in/demo"]').filter({ hasText: role });
  await row.first().getByRole('button').click();
  await page.waitForLoadState();
}

export async function test(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`not ok ${name} :: ${String(error.stack || error).slice(0, 3000).replaceAll('\n', '\u2028')}`);
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Fits its width, and axe (WCAG 2.2 AA) finds nothing. A mail is shown inside a page that is not ours:
// the habits of whole pages (landmarks) are left out for it.
export async function accessible(view, wholePage = true) {
  const wide = await view.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  must(wide <= 0, `scrolls sideways by ${wide} px`);
  await view.evaluate(axe);
  const { violations } = await view.evaluate((whole) => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
      ...(whole ? ['best-practice'] : [])] }), wholePage);
  must(!violations.length, violations.map((v) =>
    `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`)
    .join('\n'));
}

export function must(condition, message) {
  if (!condition) throw new Error(message);
}
