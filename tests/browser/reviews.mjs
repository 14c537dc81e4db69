// SPDX-License-Identifier: Apache-2.0
// A management review in the browser: the room's screen, the minute-taker's desk, a lost connection,
// a phone, and the same without script.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ARTIFACTS, BASE, becomes, browser, must, open, test } from './lib.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

const note = (page, letter) => page.locator(`form[data-keep$="-input-${letter}"] [data-keep-note]`);

await test('what is said while the connection is lost is saved when it is back', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/minutes`);
  await page.context().setOffline(true);
  await notes(page, 'b').fill('The flood maps are read in March');
  await page.locator('#input-b button', { hasText: 'Considered' }).click();
  await note(page, 'b').getByText('No connection').waitFor();
  await notes(page, 'c').fill('Two customers wrote'); // and goes on typing
  await page.screenshot({ path: `${ARTIFACTS}review-offline.png` });
  await page.context().setOffline(false);
  await page.locator('#main > .note-done').waitFor(); // by itself
  must((await page.locator('#input-b .card-header').innerText()).includes('Considered'), 'settled');
  must(await notes(page, 'c').inputValue() === 'Two customers wrote', 'the rest is still there');
  await page.goto(`${next}/minutes`);
  must(await notes(page, 'b').inputValue() === 'The flood maps are read in March', 'on the server');
  must(await note(page, 'b').count() === 0, 'what is saved is no draft any more');
  await page.context().close();
});

await test('a closed window and a lost connection lose nothing that was typed', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/minutes`);
  await page.context().setOffline(true);
  await notes(page, 'd').fill('The drill is made up for in May');
  await page.locator('#input-d summary', { hasText: 'Record a decision' }).click();
  await page.fill('#words-d', 'Hold the drill first');
  await page.selectOption('#kind-d', 'programme');
  must(await page.locator('#duty-d').isVisible() && !(await page.locator('#risk-d').isVisible()),
    'only what belongs to the kind');
  await page.reload().catch(() => {}); // nothing comes
  await page.context().setOffline(false);
  await page.goto(`${next}/minutes`);
  must(await notes(page, 'd').inputValue() === 'The drill is made up for in May', 'the notes');
  must(await page.locator('#words-d').isVisible(), 'the decision is open again');
  must(await page.inputValue('#words-d') === 'Hold the drill first', 'its words');
  must(await page.inputValue('#kind-d') === 'programme', 'its kind');
  await note(page, 'd').getByText('not saved yet').waitFor();
  await page.locator('#input-d button', { hasText: 'Keep the notes' }).click();
  await page.locator('#main > .note-done').waitFor();
  must(await page.inputValue('#words-d') === 'Hold the drill first', 'the other draft stays');
  await page.context().close();
});

await test('a draft can be thrown away', async () => {
  const { page, next } = await desk();
  await page.goto(`${next}/minutes`);
  await notes(page, 'f').fill('Typed into the wrong input');
  await page.reload();
  await note(page, 'f').getByRole('button').click();
  await page.waitForLoadState();
  must(await notes(page, 'f').inputValue() === '', 'as the server has it');
  await page.reload();
  must(await note(page, 'f').count() === 0, 'and it does not come back');
  await page.context().close();
});

await test('two minute-takers do not overwrite each other, and neither loses a word', async () => {
  const { page, next } = await desk();
  const other = await open();
  await becomes(other, 'Top management');
  await Promise.all([page.goto(`${next}/minutes`), other.goto(`${next}/minutes`)]);
  await notes(page, 'g').fill('One list for leavers');
  await page.locator('#input-g button', { hasText: 'Keep the notes' }).click();
  await page.locator('#main > .note-done').waitFor();
  await notes(other, 'g').fill('Three lists are enough');
  await other.locator('#input-g button', { hasText: 'Keep the notes' }).click();
  await other.locator('#complaint', { hasText: 'meanwhile' }).waitFor();
  must(await notes(other, 'g').inputValue() === 'Three lists are enough', 'the words are kept');
  await page.reload();
  must(await notes(page, 'g').inputValue() === 'One list for leavers', 'nothing was overwritten');
  await other.reload(); // the second looks at it again and decides
  must(await notes(other, 'g').inputValue() === 'Three lists are enough', 'still kept');
  await note(other, 'g').getByText('somebody else saved').waitFor();
  await note(other, 'g').getByRole('button').click();
  await other.waitForLoadState();
  must(await notes(other, 'g').inputValue() === 'One list for leavers', 'as the server has it');
  await other.context().close();
  await page.context().close();
});

await test('a guest reads the pack by its address: on a phone, without script, axe finds nothing', async () => {
  const { page, next } = await desk();
  await page.goto(next);
  await page.fill('#guest-name', 'Board member');
  await page.locator('form[action$="/guests"] button').click();
  const address = new URL(await page.locator('input[value*="/pack/"]').inputValue()).pathname;
  for (const options of [{ width: 360, script: false, dark: true }, { width: 1280, script: false }]) {
    const guest = await open(options);
    await guest.goto(BASE + address);
    must((await guest.locator('main').innerText()).includes('This reading is logged'), 'it says so');
    must(await guest.locator('.pack-input').count() === 7, 'seven inputs');
    must(await guest.locator('main a[href^="/o/"]').count() === 0, 'no way into the house');
    await guest.screenshot({ path: `${ARTIFACTS}review-guest-${options.width}.png` });
    await guest.context().close();
  }
  for (const options of [{ width: 360 }, { width: 1280, dark: true }]) {
    const guest = await open(options);
    await guest.goto(BASE + address);
    must(await sideways(guest) <= 0, `scrolls sideways at ${options.width}`);
    await guest.evaluate(axe);
    const found = await guest.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    must(!found.violations.length, found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`).join('\n'));
    must(!guest.trouble.length, guest.trouble.join('\n'));
    await guest.context().close();
  }
  await page.goto(next);
  must((await page.locator('section', { hasText: 'Readers from outside' }).last().innerText())
    .includes('read 4 times'), 'each reading is shown');
  const gone = await open({ script: false });
  await page.locator('form[action*="/guests/"] button').first().click();
  const answer = await gone.goto(BASE + address);
  must(answer.status() === 404, 'an ended address leads nowhere');
  await gone.context().close();
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
    const section = page.locator('.pack-section h3');
    must(await section.count() === 1, 'one section at a time');
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
