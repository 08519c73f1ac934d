import express from 'express';
import request from 'supertest';
import { BrowserPage, sendBrowserPage } from './browserPage';

async function shown(page: Partial<BrowserPage>) {
  const app = express();
  app.get('/', (_req, res) => {
    sendBrowserPage(res, {
      status: 200,
      title: 'Title',
      text: 'Text',
      ...page,
    });
  });
  return request(app).get('/');
}

/** Directives of a content security policy by name. */
const policyOf = (header: string) =>
  Object.fromEntries(
    header.split('; ').map(directive => {
      const [name, ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );

const FORM = {
  action: 'https://login.example.com/authorize',
  fields: { state: 'abc', scope: 'a b' },
  label: 'Continue',
};

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;`;

describe('a page for the browser', () => {
  it('[checklist 13, 21] is stored nowhere, framed nowhere, and sends no referrer', async () => {
    const { headers, status } = await shown({ status: 400 });
    expect(status).toBe(400);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('[checklist 13, 21] loads nothing from anywhere and runs nothing but its own', async () => {
    const { headers, text } = await shown({ form: { ...FORM, submit: true } });
    const policy = policyOf(headers['content-security-policy']);
    const nonce = /^'nonce-([A-Za-z0-9_-]{22})'$/.exec(
      policy['script-src'],
    )?.[1];
    expect(nonce).toBeDefined();
    expect(policy).toEqual({
      'default-src': "'none'",
      'style-src': `'nonce-${nonce}'`,
      'script-src': `'nonce-${nonce}'`,
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    const scripts = text.match(/<script[^>]*>/g);
    expect(scripts).toEqual([`<script nonce="${nonce}">`]);
    expect(text.match(/<style[^>]*>/g)).toEqual([`<style nonce="${nonce}">`]);
    expect(text).not.toMatch(/\b(src|srcset|style|on\w+)=/);
  });

  it('has a nonce of its own each time', async () => {
    const policies = await Promise.all([shown({}), shown({}), shown({})]);
    expect(
      new Set(policies.map(({ headers }) => headers['content-security-policy']))
        .size,
    ).toBe(3);
  });

  it.each<[string, Partial<BrowserPage>]>([
    ['title', { title: HOSTILE }],
    ['text', { text: HOSTILE }],
    [
      'link',
      { link: { href: `https://a.example/${HOSTILE}`, label: HOSTILE } },
    ],
    [
      'form',
      {
        form: {
          action: `https://a.example/${HOSTILE}`,
          fields: { [HOSTILE]: HOSTILE },
          label: HOSTILE,
        },
      },
    ],
  ])('[checklist 17] shows text in its %s as text', async (_, page) => {
    const { text } = await shown(page);
    expect(text).not.toMatch(/<script>|<img/);
    expect(text).toContain('&#60;script&#62;');
    // Quotes cannot end an attribute, and what was escaped already is escaped again.
    expect(text).not.toContain(`">&#60;`);
    expect(text).toContain('&#34;&#62;');
    expect(text).toContain('&#38;amp;');
  });

  it('submits its form by itself only when told to, and has a button in any case', async () => {
    const waiting = await shown({ form: FORM });
    expect(waiting.text).not.toContain('<script');
    for (const { text } of [
      waiting,
      await shown({ form: { ...FORM, submit: true } }),
    ]) {
      expect(text).toContain(
        '<form method="post" action="https://login.example.com/authorize">',
      );
      expect(text).toContain('<input type="hidden" name="scope" value="a b">');
      expect(text).toContain('<button type="submit">Continue</button>');
    }
  });

  it('says in which language it is, and where it leads', async () => {
    const { text } = await shown({
      link: { href: 'https://backstage.example/x?a=1&b=2', label: 'Return' },
    });
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<title>Title</title>');
    expect(text).toContain('<h1>Title</h1><p>Text</p>');
    expect(text).toContain('href="https://backstage.example/x?a=1&#38;b=2"');
  });
});
