// SPDX-License-Identifier: Apache-2.0
// One nonconformity from raised to closed on a phone, without script: each step in its order, the
// closure refused while something is missing, the check refused to who did the work.
import { ARTIFACTS, BASE, becomes, browser, must, open, test } from './lib.mjs';

const ORG = `${BASE}/o/harbour-light`;
const TITLE = 'Keys of the tool store hang in the open';

async function send(page, action, fields = {}) {
  const form = page.locator(`form[action$="${action}"]`).last();
  const folded = form.locator('xpath=ancestor::details[not(@open)]');
  if (await folded.count()) await folded.first().locator('summary').first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).last();
    if (await field.evaluate((f) => f.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await Promise.all([page.waitForLoadState('load'),
    form.locator('button[type=submit]').last().click()]);
  await page.waitForLoadState();
}

async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth
    - document.documentElement.clientWidth).catch(() => 0);
  must(over <= 0, `${name} is ${over} wider than the phone`);
  await page.screenshot({ path: `${ARTIFACTS}finding-${name}.png`, fullPage: true });
}

async function says(page, words) {
  const text = await page.locator('main').innerText();
  must(text.includes(words), `“${words}” is not said: ${text.slice(0, 600)}`);
}

await test('a nonconformity goes its whole way on a phone without script', async () => {
  const page = await open({ width: 360, script: false });
  await becomes(page, 'Security manager');
  await page.goto(`${ORG}/findings/rules`);
  const rule = page.locator('form', { has: page.locator('input[value="minor"]') });
  await rule.locator('xpath=ancestor::details').locator('summary').click();
  await rule.locator('[name=wait_days]').fill('0');
  await rule.locator('[name=reason]').fill('The walk does not wait');
  await Promise.all([page.waitForLoadState('load'), rule.locator('button').click()]);

  await page.goto(`${ORG}/findings/new`);
  await send(page, '/findings', { title: TITLE, grade: 'minor', owner: 'Bram Hoekstra',
    statement: 'Three keys on a hook beside the door.' });
  const finding = page.url().split('?')[0];
  must(/\/findings\/\d+$/.test(finding), `came to ${page.url()}`);
  await send(page, '/close', { improved: 'Nothing yet' });
  for (const gap of ['The correction is not recorded', 'Containment', 'The cause is not known',
    'elsewhere', 'No action was finished', 'effective']) await says(page, gap);

  await page.goto(finding);
  await send(page, '/correct', { correction: 'The keys lie in the safe.' });
  await send(page, '/contain', { containment: 'The log shows nobody in the store.' });
  await page.goto(`${finding}/cause`);
  await send(page, '/cause', { why1: 'The safe was full', why2: 'Nobody sorts keys out',
    root: 'Nobody sorts keys out', kind: 'process' });
  must(await page.locator('svg.cause[role=img][aria-label]').count() === 1, 'the cause is drawn');
  await fits(page, 'cause');
  await page.goto(`${finding}/elsewhere?q=Rotterdam`);
  await says(page, 'Rotterdam quay');
  await send(page, '/places', { title: 'The quay', there: 'no', note: 'One key, in the safe' });
  await page.goto(`${finding}/elsewhere`);
  await fits(page, 'elsewhere');
  await send(page, '/searched', { extent: 'Only at Tilbury.' });
  await says(page, 'Only at Tilbury.');
  await page.goto(`${BASE}${new URL(finding).pathname.replace(/findings\/(\d+)$/,
    'actions/new?finding=$1')}`);
  await send(page, '/actions', { title: 'Sort the keys twice a year', owner: 'Mara Lindqvist' });
  const action = page.url().split('?')[0];
  await send(page, '/done', { result: 'Sorted; the rule names who does it.' });
  await says(page, 'No evidence is attached');
  await page.goto(action);
  await page.locator('form[action$="/evidence"] input[type=file]').setInputFiles({
    name: 'keys.txt', mimeType: 'text/plain', buffer: Buffer.from('Eleven keys, eleven owners') });
  await send(page, '/evidence');
  await send(page, '/done', { result: 'Sorted; the rule names who does it.' });
  await fits(page, 'action');

  await page.goto(finding);
  await send(page, '/check', { effective: 'yes', result: 'Looked at the hook' });
  await says(page, 'nobody checks their own work');
  await becomes(page, 'Internal auditor');
  await page.goto(finding);
  await send(page, '/check', { effective: 'yes', result: 'The hook is empty, the safe is sorted.' });
  await says(page, 'it can be closed');
  await send(page, '/close', { improved: 'Whoever needs a key signs for it.' });
  await says(page, 'Whoever needs a key signs for it.');
  await fits(page, 'closed');
  await page.goto(`${ORG}/improvement`);
  await says(page, TITLE);
  await fits(page, 'improvement');
});

await browser.close();
