// SPDX-License-Identifier: Apache-2.0
// Every page: found by following links from the start, held against axe (WCAG 2.2 AA) at desk and
// phone width, light and dark, and against sideways scrolling; no page route is left out.
import { ARTIFACTS, BASE, accessible, becomes, browser, must, open, test } from './lib.mjs';

const api = await (await fetch(`${BASE}/api/v1/openapi.json`)).json();
// What stands only after an upload, a choice or a sign-out, walk.mjs goes there; what is reached by a
// mail, mail.mjs does.
const UNREACHED = new Set(['/password/{secret}', '/join/{secret}', '/pack/{secret}', '/', '/sign-in', '/forgotten',
  '/o/{org}/programme/change', '/o/{org}/programme/adopt', '/o/{org}/import/{id}',
  '/o/{org}/import/{id}/files/{file}',
  '/mail/answer/{token}', '/mail/stop/{token}', '/o/{org}/activities/{id}/evidence', '/o/{org}/teams/{id}']);

const routes = Object.entries(api.paths)
  .filter(([, methods]) => methods.get && JSON.stringify(methods.get.responses).includes('json'))
  .map(([path]) => path.replace(/^\/api\/v1/, '') || '/')
  .filter((path) => !path.startsWith('/calendar/') && !path.endsWith('.json'))
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
    fixed: path.split('/').filter((part) => !part.startsWith('{')).length }));

function routeOf(path) {
  return routes.filter((r) => r.pattern.test(path)).sort((a, b) => b.fixed - a.fixed)[0]?.path;
}

const page = await open();
await becomes(page, 'Security manager');
const start = new URL(page.url()).pathname;
// What no link leads to: the address under which anybody reports, and the thanks for it.
const home = start.replace(/[^/]+$/, '');
await page.goto(`${BASE}${home}report/links`);
await page.fill('#label', 'Notice board');
await page.click('form[action$="/report/links"] button');
const board = new URL(await page.inputValue('#address')).pathname;

const found = new Map(); // route → address
const visits = new Map(); // one finding leads to its cause, another does not yet
const MOST_VISITS = 10;
const waiting = [start, '/me', '/organisations', '/start', board, `${board}/thanks`,
  `${home}report/thanks`];
const seen = new Set();
const broken = [];
while (waiting.length) {
  const address = waiting.shift();
  const path = address.split('?')[0];
  const route = routeOf(path);
  const most = route?.endsWith('{id}') ? MOST_VISITS : 1;
  if (seen.has(path) || !route || (visits.get(route) ?? 0) >= most) continue;
  seen.add(path);
  visits.set(route, (visits.get(route) ?? 0) + 1);
  const answer = await page.goto(BASE + address).catch((error) => broken.push(`${address}: ${error}`));
  if (!answer?.status) continue;
  if (answer.status() >= 400) {
    broken.push(`${address}: ${answer.status()}`);
    continue;
  }
  if (!(answer.headers()['content-type'] || '').startsWith('text/html')) continue;
  if (!found.has(route)) found.set(route, address);
  const links = await page.$$eval('a[href], form[method="get"][action]',
    (all) => all.map((a) => a.getAttribute('href') || a.getAttribute('action')));
  for (const link of links) {
    const url = new URL(link, page.url());
    if (url.origin === BASE) waiting.push(url.pathname + url.search);
  }
}

await test('no link of the demo leads nowhere', () => must(!broken.length, broken.join('\n')));
await test('every page route is reached by a link', () => {
  const left = routes.map((r) => r.path).filter((p) => !found.has(p) && !UNREACHED.has(p));
  must(!left.length, `never reached: ${left.join(' ')}`);
});
await test('no page reports an error or asks another host', () =>
  must(!page.trouble.length, page.trouble.join('\n')));

async function look(view, width, dark) {
  const name = (route) => route.replaceAll(/[/{}]+/g, '_').replace(/^_|_$/g, '') || 'root';
  for (const [route, address] of found) {
    await test(`${route} at ${width} px${dark ? ' in the dark' : ''} is accessible`, async () => {
      await view.goto(BASE + address);
      await view.screenshot({ path: `${ARTIFACTS}${name(route)}-${width}.png`, fullPage: true });
      await accessible(view);
    });
  }
}
await look(page, 1280, false);
const phone = await open({ width: 360, dark: true });
await becomes(phone, 'Security manager');
await look(phone, 360, true);
await browser.close();
