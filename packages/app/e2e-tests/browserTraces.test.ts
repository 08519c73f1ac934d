import type { Page } from '@playwright/test';
import { demoClients, LeakDetector } from 'demo-provider';
import { approve } from './approve';
import { BrowserTraces } from './BrowserTraces';
import { DemoInstance } from './DemoInstance';
import { demoSettings } from './demoSettings';
import { EditorPage } from './EditorPage';
import { expect, test } from './instanceTest';

const [{ secret }] = demoClients();

/** What the browser has of a walk afterwards, each with some of the text around it. */
async function leaksOf(
  traces: BrowserTraces,
  page: Page,
  issued: string[],
): Promise<string[]> {
  const oneTime = {
    ticket: traces.value(/\/oauth\/start$/, 'ticket'),
    state: traces.value(/\/oauth\/callback/, 'state'),
    code: traces.value(/\/oauth\/callback/, 'code'),
    completion: traces.value(/\/completion$/, 'completion'),
  };
  expect(Object.values(oneTime)).not.toContain(undefined);
  expect(issued.length).toBeGreaterThan(0);
  const kinds = new Map([
    [secret, 'client secret'],
    ...issued.map(token => [token, 'token'] as const),
    ...Object.entries(oneTime).map(([kind, value]) => [value!, kind] as const),
  ]);
  const left = await traces.left(page);
  return LeakDetector.create(kinds.keys())
    .leaks(left)
    .map(value => {
      const at = Math.max(left.indexOf(value), 0);
      return `${kinds.get(value)}: ${left.slice(Math.max(at - 150, 0), at)}`;
    });
}

/** Fills in the editor, gets the credential approved, and returns a function for what that left behind. */
async function authorize(
  page: Page,
  { appUrl, provider }: DemoInstance,
  title: string,
  getCredential: (editor: EditorPage) => Promise<void>,
) {
  const traces = await BrowserTraces.of(page.context());
  const editor = EditorPage.on(page);
  const before = provider.issued.length;
  await page.goto(`${appUrl}/datasource-auth/new/blank`);
  await editor.fill(demoSettings(provider, title));
  await getCredential(editor);
  await expect(editor.panel.marker('AUTHORIZED')).toBeVisible();
  const issued = provider.issued.slice(before).map(({ value }) => value);
  return { editor, leaks: () => leaksOf(traces, page, issued) };
}

test('[checklist 46] no secret stays in the browser after approval in a window', async ({
  page,
  instance,
}) => {
  const { editor, leaks } = await authorize(
    page,
    instance,
    'Traces',
    async ({ panel }) => approve(await panel.getNewCredential()),
  );
  expect(await leaks()).toEqual([]);
  await editor.save();
  await expect(page).toHaveURL(`${instance.appUrl}/datasource-auth/traces`);
  expect(await leaks()).toEqual([]);
});

test('[checklist 46] no secret stays in the browser after approval in the same tab', async ({
  page,
  instance,
}) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  const { leaks } = await authorize(
    page,
    instance,
    'Traces in a tab',
    async ({ panel }) => {
      await panel.button(/^Get new credential/).click();
      await panel.button('Continue in this tab').click();
      await approve(page);
    },
  );
  expect(await leaks()).toEqual([]);
});

/** Puts a value where a page could leave it. */
const PLACES: Record<string, (page: Page, value: string) => Promise<void>> = {
  localStorage: (page, value) =>
    page.evaluate(text => localStorage.setItem('x', text), value),
  sessionStorage: (page, value) =>
    page.evaluate(text => sessionStorage.setItem('x', text), value),
  'a cookie': (page, value) =>
    page.evaluate(text => {
      document.cookie = `x=${encodeURIComponent(text)}`;
    }, value),
  'the window name': (page, value) =>
    page.evaluate(text => {
      window.name = text;
    }, value),
  'the history': (page, value) =>
    page.evaluate(text => {
      history.pushState({}, '', `#x=${encodeURIComponent(text)}`);
      history.pushState({}, '', '#');
    }, value),
  'the history state': (page, value) =>
    page.evaluate(text => history.replaceState({ text }, ''), value),
  'a BroadcastChannel': (page, value) =>
    page.evaluate(text => {
      new BroadcastChannel('x').postMessage({ text });
    }, value),
  IndexedDB: (page, value) =>
    page.evaluate(
      text =>
        new Promise<void>(resolve => {
          const opening = indexedDB.open('planted');
          opening.onupgradeneeded = () =>
            opening.result.createObjectStore('x').put({ text }, 1);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        }),
      value,
    ),
  'a requested URL': (page, value) =>
    page.evaluate(async text => {
      // Only complete loads are remembered.
      await (await fetch(`/?x=${encodeURIComponent(text)}`)).text();
    }, value),
};

test('threats 23: this test would find a secret anywhere in the browser', async ({
  page,
  context,
  instance,
}) => {
  const traces = await BrowserTraces.of(context);
  await page.goto(`${instance.appUrl}/datasource-auth`);
  for (const [place, plant] of Object.entries(PLACES)) {
    const value = `planted+/%"é in ${place}`;
    await plant(page, value);
    await expect
      .poll(async () =>
        LeakDetector.create([value]).leaks(await traces.left(page)),
      )
      .toEqual([value]);
  }
});
