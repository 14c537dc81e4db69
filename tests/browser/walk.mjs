// SPDX-License-Identifier: Apache-2.0
// The main story, with script and without: start my own, see why, adopt, bring a register, do a
// duty with evidence, conclude it, see readiness.
import { ARTIFACTS, BASE, becomes, browser, must, open, test } from './lib.mjs';

const people = ['Security manager', 'Top management', 'Internal auditor', 'Employee',
  'External auditor'];
for (const role of people) {
  await test(`one click makes the visitor ${role.toLowerCase()}`, async () => {
    const page = await open();
    await becomes(page, role);
    must(/\/today$/.test(page.url()), `came to ${page.url()}`);
    must(await page.locator('h1').count() === 1, 'one heading');
    must(!page.trouble.length, page.trouble.join('\n'));
    await page.context().close();
  });
}

async function picture(page, name) {
  await page.screenshot({ path: `${ARTIFACTS}walk-${name}.png`, fullPage: true });
}

async function send(page, form) {
  await Promise.all([page.waitForLoadState('load'),
    page.locator(form).locator('button[type=submit], button:not([type])').first().click()]);
  await page.waitForLoadState();
}

async function starts(page, tag) {
  await page.goto(`${BASE}/start`);
  const form = page.locator('form[action="/start"]');
  await form.locator('[name=name]').fill(`Nordwind ${tag} GmbH`);
  await form.locator('[name=decision_date]').fill('2026-09-01');
  await form.locator('[name=time_zone]').fill('Europe/Berlin').catch(() =>
    form.locator('[name=time_zone]').selectOption('Europe/Berlin'));
  await form.locator('[name=admin]').fill(`anna.${tag}@example.org`);
  await form.locator('[name=admin_name]').fill('Anna Weber');
  await form.locator('[name=password]').fill('correct horse battery');
  await picture(page, `${tag}-1-start`);
  await send(page, 'form[action="/start"]');
  const found = /\/o\/([^/]+)/.exec(page.url());
  must(found, `no organisation: ${page.url()}: ${await page.locator('main').innerText()}`);
  return found[1];
}

async function adopts(page, org, tag) {
  await page.goto(`${BASE}/o/${org}/programme`);
  must(await page.locator('section.card').count() > 8, 'the programme names its duties');
  await picture(page, `${tag}-2-programme`);
  await page.locator('a', { hasText: /^Change/ }).first().click();
  await page.waitForLoadState();
  await page.goto(`${BASE}/o/${org}/programme/adopt`);
  await send(page, `form[action="/o/${org}/programme/adopt"]`);
}

async function imports(page, org, tag) {
  await page.goto(`${BASE}/o/${org}/import`);
  await page.locator('main input[type=file]').first().setInputFiles({ name: 'risk-register.csv',
    mimeType: 'text/csv', buffer: Buffer.from('Risk ID,Risk Title,Likelihood,Impact,Owner\n' +
      'R-1,Loss of the main warehouse,2,5,Anna Weber\nR-2,"Stolen, lost laptop",4,3,IT Lead\n') });
  await send(page, `form[action="/o/${org}/import"]`);
  await picture(page, `${tag}-3-preview`);
  must((await page.locator('main').innerText()).includes('2 created'), 'the preview counts the rows');
  await send(page, 'form[action$="/confirm"]');
  await page.goto(`${BASE}/o/${org}/search?q=warehouse`);
  must((await page.locator('main').innerText()).includes('Loss of the main warehouse'),
    'the risk is found');
}

async function concludes(page, org, tag) {
  await page.goto(`${BASE}/o/${org}/activities`);
  await page.locator(`main a[href*="/o/${org}/activities/"]`).first().click();
  await page.waitForLoadState();
  const here = page.url().split('?')[0];
  const path = new URL(here).pathname;
  await page.goto(`${here}/conclude`);
  must((await page.locator('main').innerText()).match(/evidence/i), 'what is missing is named');
  await page.goto(here);
  for (let open = 20; open && await page.locator('form:has(input[value=done])').count(); open--) {
    await Promise.all([page.waitForLoadState(),
      page.locator('form:has(input[value=done]) button').first().click()]);
    await page.waitForTimeout(150);
    await page.goto(here);
  }
  await page.locator('#files').setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain',
    buffer: Buffer.from(`The minutes of ${tag}.\n`) });
  await send(page, `form[action="${path}/evidence"]`);
  await page.goto(here);
  await page.locator('#result').fill('Done as planned; two actions were agreed.');
  await send(page, `form[action="${path}/record"]`);
  await page.goto(`${here}/conclude`);
  await picture(page, `${tag}-4-conclude`);
  await send(page, `form[action="${path}/conclude"]`);
  await page.goto(here);
  must((await page.locator('main').innerText()).match(/Concluded/), 'it is concluded');
  await picture(page, `${tag}-5-concluded`);
}

for (const [tag, options] of [['script', { width: 1280 }], ['plain', { width: 360, script: false }]]) {
  const page = await open(options);
  let org;
  await test(`${tag}: a newcomer starts their own organisation`, async () => {
    org = await starts(page, tag);
  });
  const steps = [['sees why and adopts the programme', adopts], ['brings a register', imports],
    ['concludes a duty with evidence', concludes]];
  for (const [name, step] of steps) {
    await test(`${tag}: ${name}`, async () => {
      must(org, 'there is no organisation');
      await step(page, org, tag);
    });
  }
  await test(`${tag}: Today, Year and Readiness open`, async () => {
    for (const name of ['today', 'year', 'readiness']) {
      const answer = await page.goto(`${BASE}/o/${org}/${name}`);
      must(answer.status() === 200, `${name}: ${answer.status()}`);
      await picture(page, `${tag}-6-${name}`);
    }
    must(!page.trouble.length, page.trouble.join('\n'));
  });
  await page.context().close();
}
await browser.close();
