// SPDX-License-Identifier: Apache-2.0
// What a mail looks like, and where its links lead: real mails of the demo, through a real server.
import { readFileSync } from 'node:fs';
import { ARTIFACTS, BASE, accessible, browser, must, open, test } from './lib.mjs';

const mails = JSON.parse(readFileSync(`${process.env.DAYBOOK_MAILS}/mails.json`, 'utf8'));
const invited = mails.find((m) => m.answer);
const stoppable = mails.find((m) => m.stop);
await test('mails came, with a link to answer and one to stop', () =>
  must(invited && stoppable, JSON.stringify(mails.map((m) => m.subject))));

const views = [[1280, false], [360, true]];
async function look(name, address) {
  for (const [width, dark] of views) {
    await test(`${name} at ${width} px${dark ? ' in the dark' : ''} is accessible`, async () => {
      const page = await open({ width, dark });
      const answer = await page.goto(BASE + address);
      must(answer.status() === 200, `${address}: ${answer.status()}`);
      await page.screenshot({ path: `${ARTIFACTS}mail-${name}-${width}.png`, fullPage: true });
      await accessible(page);
      must(!page.trouble.length, page.trouble.join('\n'));
      await page.context().close();
    });
  }
}

const path = invited.answer.split('?')[0];
await look('answer', path);
await look('answer-declined', `${path}?answer=declined`);
await look('stop', stoppable.stop);
await look('forgotten', '/forgotten');

await test('an answer is given without script, and only by saying so', async () => {
  for (const [width, dark] of views) {
    const page = await open({ width, dark, script: false });
    await page.goto(`${BASE}${path}?answer=declined`);
    const before = await page.textContent('main');
    must(!/you said|your answer is kept/i.test(before) || width === 360, before);
    await page.check('input[name="answer"][value="tentative"]').catch(() =>
      page.selectOption('[name="answer"]', 'tentative'));
    await page.fill('[name="comment"]', 'I hope so');
    await page.click('main form button[type="submit"]');
    must(new URL(page.url()).pathname.startsWith('/mail/answer/'), page.url());
    must(/perhaps|tentative/i.test(await page.textContent('main')), await page.textContent('main'));
    await page.screenshot({ path: `${ARTIFACTS}mail-answered-${width}.png`, fullPage: true });
    await page.context().close();
  }
});

await test('mails are stopped by one click, without script', async () => {
  const page = await open({ width: 360, dark: true, script: false });
  await page.goto(BASE + stoppable.stop);
  await page.click('main form button[type="submit"]');
  must(/stopped/i.test(await page.textContent('main')), await page.textContent('main'));
  await page.screenshot({ path: `${ARTIFACTS}mail-stopped.png`, fullPage: true });
  await page.context().close();
});
await look('stopped', stoppable.stop);

await test('a forgotten password is asked for without script, at 360 px', async () => {
  const page = await open({ width: 360, dark: true, script: false });
  await page.goto(`${BASE}/sign-in`);
  await page.click('a[href="/forgotten"]');
  await page.fill('#email', 'nobody@example.net');
  await page.click('main form button[type="submit"]');
  must(/on its way/.test(await page.textContent('main')), await page.textContent('main'));
  await page.context().close();
});

// ---- the mails themselves, in a reader's window ----
for (const [n, mail] of mails.slice(0, 12).entries()) {
  for (const [width, dark] of [[600, false], [360, false], [360, true]]) {
    await test(`mail ${n} at ${width} px${dark ? ' in the dark' : ''} is readable`, async () => {
      const page = await open({ width, dark, script: true });
      await page.setContent(readFileSync(mail.file, 'utf8'));
      await page.screenshot({ fullPage: true,
        path: `${ARTIFACTS}mail-html-${n}-${width}${dark ? '-dark' : ''}.png` });
      await accessible(page, false);
      await page.context().close();
    });
  }
}
await browser.close();
