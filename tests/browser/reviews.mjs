// SPDX-License-Identifier: Apache-2.0
// A management review in the browser: the room's screen, the minute-taker's desk, a lost connection,
// a phone, and the same without script.
import { ARTIFACTS, BASE, becomes, browser, must, open, test } from './lib.mjs';

const HOME = `${BASE}/o/harbour-light/reviews`;

async function desk(options = {}) {
  const page = await open(options);
  await becomes(page, 'Security manager');
  await page.goto(HOME);
  const next = await page.$eval('.rows a[href*="/reviews/"]', (a) => a.getAttribute('href'));
  return { page, next: BASE + next };
}
const notes = (page, letter) => page.locator(`#notes-${letter}`);
const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

await test('what the minute-taker typed survives a lost connection and a closed window', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/minutes`);
  await notes(page, 'b').fill('The flood maps are read in March');
  await page.context().setOffline(true);
  await page.locator('#input-b button', { hasText: 'Keep the notes' }).click({ noWaitAfter: true })
    .catch(() => {});
  await page.waitForTimeout(300);
  await page.context().setOffline(false);
  await page.goto(`${next}/minutes`);
  must(await notes(page, 'b').inputValue() === 'The flood maps are read in March',
    `kept: ${await notes(page, 'b').inputValue()}`);
  must(await page.locator('.draft-note').count() === 1, 'the page says that it is not saved');
  await page.screenshot({ path: `${ARTIFACTS}review-draft.png` });
  await page.locator('#input-b button', { hasText: 'Keep the notes' }).click();
  await page.waitForLoadState();
  must(await page.locator('#main > .note-done').count() === 1, 'saved');
  await page.reload();
  must(await page.locator('.draft-note').count() === 0, 'what is saved is no draft any more');
  must(await notes(page, 'b').inputValue() === 'The flood maps are read in March', 'it is there');
  await page.context().close();
});

await test('a draft can be dropped', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/minutes`);
  await notes(page, 'c').fill('Typed into the wrong input');
  await page.reload();
  await page.locator('.draft-note button').click();
  must(await notes(page, 'c').inputValue() === '', 'as the server has it');
  await page.reload();
  must(await page.locator('.draft-note').count() === 0, 'and it does not come back');
  await page.context().close();
});

await test('the desk works without script', async () => {
  const { page, next } = await desk({ script: false });
  await page.goto(`${next}/minutes`);
  await notes(page, 'e').fill('Nobody wrote');
  await page.locator('#input-e button', { hasText: 'Keep the notes' }).click();
  await page.waitForLoadState();
  must(await notes(page, 'e').inputValue() === 'Nobody wrote', 'kept by the server');
  await page.context().close();
});

await test('the room shows one input at a time, large, and leads on', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/room`);
  must((await page.locator('h1').innerText()).startsWith('(a)'), 'begins with (a)');
  must(!(await page.locator('.sidebar').isVisible()), 'nothing but the room');
  const seen = [];
  for (;;) {
    const section = page.locator('.room-sections [aria-current]');
    must(await section.count() === 1 && await page.locator('.pack-section').count() === 1,
      'one section at a time');
    seen.push((await page.locator('h1').innerText())[1] + await section.innerText());
    if (!await page.locator('a[rel=next]').count()) break;
    await page.locator('a[rel=next]').click();
    await page.waitForLoadState();
  }
  must([...new Set(seen.map((step) => step[0]))].join('') === 'abcdefg', seen.join('; '));
  must(new Set(seen).size === seen.length && seen.length >= 12, `each once: ${seen.join('; ')}`);
  await page.screenshot({ path: `${ARTIFACTS}review-room.png` });
  must(!page.trouble.length, page.trouble.join('\n'));
  await page.context().close();
});

await test('pack, room and desk fit a phone', async () => {
  const { page, next } = await desk({ width: 360, dark: true });
  for (const tail of ['', '/pack', '/room?input=d', '/minutes']) {
    await page.goto(next + tail);
    must(await sideways(page) <= 0, `${tail || 'the review'} scrolls sideways`);
    await page.screenshot({ path: `${ARTIFACTS}review-phone${tail.replace(/\W/g, '-')}.png` });
  }
  await page.context().close();
});

await browser.close();
