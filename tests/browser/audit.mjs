// SPDX-License-Identifier: Apache-2.0
// One audit from plan to the closed finding: independence, samples, a lost connection, two
// findings, refused conclusion, report, corrective action, refused closure, effectiveness, closed.
import { ARTIFACTS, BASE, becomes, browser, must, open, test } from './lib.mjs';

const day = (offset) => new Date(Date.now() + offset * 864e5).toISOString().slice(0, 10);
let org = '', audit = '', finding = '';
const people = {};

async function as(role) {
  if (!people[role]) {
    people[role] = await open();
    await becomes(people[role], role);
    org ||= /\/o\/[^/]+/.exec(people[role].url())[0];
  }
  return people[role];
}

async function picture(page, name) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${ARTIFACTS}audit-${name}-${width}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    must(wide <= 0, `${name} scrolls sideways by ${wide} px at ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

// Fills a form as it stands on the page, folds and all, and sends it; gives the words that follow.
async function send(page, action, values = {}, button = 'button[type=submit]') {
  const form = page.locator(`form[action="${org}${action}"]`).filter({ has: page.locator(button) }).first();
  await form.evaluate((f) => f.closest('details')?.setAttribute('open', ''));
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((f) => f.tagName + (f.type || ''));
    await field.evaluate((f) => f.closest('details')?.setAttribute('open', ''));
    if (kind.startsWith('SELECT')) await field.selectOption(value);
    else if (kind.endsWith('radio')) await form.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  await page.locator('#main').evaluate((m) => { m.dataset.old = '1'; });
  await form.locator(button).first().click({ timeout: 5000 }).catch(async (error) => {
    throw new Error(`${action} on ${page.url()}: ${error}\n${await page.locator('#main').innerText()}`);
  });
  await page.waitForFunction(() => {
    const main = document.getElementById('main');
    return document.readyState === 'complete' && main && !main.dataset.old;
  });
  return page.locator('#main').innerText();
}

await test('an audit is planned: scope, team, auditees, a sample', async () => {
  const page = await as('Security manager');
  await page.goto(`${BASE}${org}/audits/new`);
  await send(page, '/audits', { title: 'Internal audit: desks and devices', due: day(0) });
  audit = /\/audits\/\d+$/.exec(new URL(page.url()).pathname)[0];
  for (const what of ['A.7.7', 'A.7.9']) await send(page, `${audit}/areas`, { what });
  await send(page, `${audit}/team`, { person: 'Priya Nandakumar', part: 'lead' });
  await send(page, `${audit}/auditees`, { person: 'Jonah Peele' });
  must(/told/.test(await send(page, `${audit}/notify`)), 'the auditee was told');
  const said = await send(page, `${audit}/samples`,
    { population: 'Desks on the second floor', of: '40', size: '5', how: 'random', seed: '7' });
  must(/5 of 40/.test(said) && /seed 7/.test(said), said);
  await picture(page, 'plan');
});

await test('nobody audits what they own', async () => {
  const page = await as('Security manager');
  await page.goto(`${BASE}${org}${audit}`);
  const owner = (await (await page.request.get(`${BASE}${org}/soa`)).text());
  const row = /A\.7\.7<\/a>[\s\S]*?<\/tr>/.exec(owner)[0];
  const name = ['Ines Valdivia', 'Mara Lindqvist', 'Ruth Ashdown'].find((n) => row.includes(n));
  must(name, 'somebody owns A.7.7');
  const said = await send(page, `${audit}/team`, { person: name, part: 'auditor' });
  must(/owns A\.7\.7/.test(said), said.slice(0, 400));
});

await test('what is typed outlives a reload and a lost connection', async () => {
  const page = await as('Internal auditor');
  await page.goto(`${BASE}${org}${audit}`);
  await send(page, `${audit}/start`);
  await page.locator('.rows a', { hasText: 'A.7.7' }).first().click();
  await page.waitForLoadState();
  await page.locator('#note').fill('Three of five desks: customer papers after hours');
  await page.reload();
  must(await page.locator('#note').inputValue() === 'Three of five desks: customer papers after hours',
    'the note survives a reload');
  must(await page.locator('[data-keep-note]').isVisible(), 'and says so');
  await page.locator('[name=result][value=nonconformity]').check();
  await page.context().setOffline(true);
  await page.locator('form[data-keep] button[type=submit]').click();
  await page.locator('[data-keep-words]', { hasText: 'No connection' }).waitFor();
  await picture(page, 'offline');
  page.trouble.length = 0; // a failed request is what this test asks for
  await page.context().setOffline(false);
  await page.locator('.note-done', { hasText: 'Saved' }).waitFor();
  must(!await page.locator('[data-keep-note]').isVisible(), 'nothing is left to save');
  await page.reload();
  must(/Nonconformity/.test(await page.locator('.kicker').innerText()), 'the result is there');
});

await test('two findings are written and put to the auditee', async () => {
  const page = await as('Internal auditor');
  await page.getByRole('link', { name: 'Write the finding' }).click();
  await page.waitForLoadState();
  await send(page, `${audit}/findings`, { grade: 'minor', title: 'Papers on desks after hours',
    statement: 'The rule of the clear desk is not kept on the second floor.',
    owner: 'Ruth Ashdown' });
  const here = new URL(page.url()).pathname.slice(org.length);
  await send(page, `${here}/answer`, { words: 'Agreed, the cupboards were late.' },
    'button[value=yes]');
  await page.goto(`${BASE}${org}${audit}/findings/new`);
  await send(page, `${audit}/findings`, { grade: 'conformity', title: 'Every laptop can be wiped',
    criterion: 'A.7.9', evidence: 'Five of five tried', statement: 'Loans are recorded the same day.' });
  await picture(page, 'finding');
});

await test('it is not concluded while something is missing', async () => {
  const page = await as('Internal auditor');
  await page.goto(`${BASE}${org}${audit}/conclude`);
  const said = await page.locator('#main').innerText();
  for (const gap of ['not assessed', 'no due date', 'report is not issued'])
    must(said.includes(gap), `${gap} is not named: ${said}`);
  await picture(page, 'refused');
});

await test('the rest is assessed, the report issued and read, the audit concluded', async () => {
  const page = await as('Internal auditor');
  await page.goto(`${BASE}${org}${audit}/checklist`);
  await page.locator('.rows a', { hasText: 'A.7.9' }).first().click();
  await page.waitForLoadState();
  const item = new URL(page.url()).pathname.slice(org.length);
  await page.locator('#files').setInputFiles({ name: 'loans.csv', mimeType: 'text/csv',
    buffer: Buffer.from('device,who\n17,Jonah\n') });
  await send(page, `${item}/evidence`);
  await send(page, item, { result: 'conforms', note: 'Five of five' });
  await page.goto(`${BASE}${org}${audit}`);
  await page.getByRole('link', { name: 'Papers on desks after hours' }).click();
  await page.waitForLoadState();
  const here = new URL(page.url()).pathname.slice(org.length);
  await send(page, here, { due: day(30) });
  await page.goto(`${BASE}${org}${audit}/report`);
  await send(page, `${audit}/summary`, { summary: 'Devices are in good hands; desks are not.' });
  const issued = await send(page, `${audit}/issue`);
  must(/Issue 1/.test(issued), issued.slice(0, 300));
  await picture(page, 'report');
  const executive = await as('Top management');
  await executive.goto(`${BASE}${org}${audit}/report`);
  await send(executive, `${audit}/read`);
  await page.goto(`${BASE}${org}${audit}/conclude`);
  const said = await send(page, `${audit}/conclude`);
  must(/Concluded/.test(said), said.slice(0, 400));
  finding = /\/findings\/\d+$/.exec(await page.locator('a', { hasText: 'improvement register' })
    .first().getAttribute('href'))[0];
  await picture(page, 'concluded');
});

await test('the finding cannot be closed before its cause is removed', async () => {
  const page = await as('Security manager');
  await page.goto(`${BASE}${org}/findings/rules`);
  const rules = page.locator(`form[action="${org}/findings/rules"]`)
    .filter({ has: page.locator('[value=minor]') }).first();
  await rules.evaluate((f) => f.closest('details')?.setAttribute('open', ''));
  await rules.locator('[name=wait_days]').fill('0');
  await rules.locator('[name=reason]').fill('Desks are looked at every evening');
  await rules.locator('button[type=submit]').click();
  await page.waitForLoadState();
  await page.goto(`${BASE}${org}${finding}`);
  const said = await send(page, `${finding}/close`, { improved: 'Desks are clear' });
  must(/cause/i.test(said) && await page.locator('#complaint').isVisible(), said.slice(0, 400));
});

await test('corrected, contained, understood, acted on, checked by somebody else, closed', async () => {
  const page = await as('Security manager');
  await page.goto(`${BASE}${org}${finding}`);
  await send(page, `${finding}/correct`, { correction: 'The papers were locked away' });
  await send(page, `${finding}/contain`, { containment: 'Nothing was missing; the cleaners sign' });
  await page.goto(`${BASE}${org}${finding}/cause?method=whys`);
  const asked = page.locator(`form[action="${org}${finding}/cause"] input:not([type])`);
  await asked.nth(0).fill('Papers do not fit into the cupboards');
  await asked.nth(1).fill('Eight people came, and no cupboard');
  await send(page, `${finding}/cause`, { root: 'Nobody orders furniture for newcomers' });
  await page.goto(`${BASE}${org}${finding}/elsewhere`);
  await send(page, `${finding}/places`, { there: 'no', note: 'Counted: cupboards enough' });
  await page.goto(`${BASE}${org}${finding}/elsewhere`);
  await send(page, `${finding}/searched`, { extent: 'All other floors have enough cupboards' });
  await page.goto(`${BASE}${org}/actions/new?finding=${finding.split('/').pop()}`);
  const acted = await send(page, '/actions', { title: 'Eight lockable cupboards',
    owner: 'Mara Lindqvist', due: day(20) });
  must(!await page.locator('#complaint').count(), `at ${page.url()}: ${acted.replaceAll('\n', ' ').slice(0, 900)}`);
  await page.goto(`${BASE}${org}${finding}`);
  await page.locator('a', { hasText: 'Eight lockable cupboards' }).first().click();
  await page.waitForLoadState();
  const action = new URL(page.url()).pathname.slice(org.length);
  await page.locator('#files').setInputFiles({ name: 'delivery.txt', mimeType: 'text/plain',
    buffer: Buffer.from('Eight cupboards, delivered\n') }).catch(() => {});
  if (await page.locator(`form[action="${org}${action}/evidence"]`).count())
    await send(page, `${action}/evidence`);
  await send(page, `${action}/done`, { result: 'They stand there, with keys' });
  const auditor = await as('Internal auditor');
  await auditor.goto(`${BASE}${org}${finding}`);
  const checked = await send(auditor, `${finding}/check`,
    { effective: 'yes', result: 'Ten desks on three evenings: all clear' });
  must(/Effective/.test(checked), checked.slice(0, 400));
  const closed = await send(auditor, `${finding}/close`, { improved: 'A place for every paper' });
  must(/Closed/.test(closed), closed.slice(0, 400));
  await picture(auditor, 'closed');
});

await test('no page of the audit reported an error or asked another host', () => {
  for (const [role, page] of Object.entries(people))
    must(!page.trouble.filter((t) => !/status of (409|422)/.test(t)).length,
      `${role}: ${page.trouble.join('\n')}`);
});
await browser.close();
