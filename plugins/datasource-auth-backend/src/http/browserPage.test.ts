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

describe('a browser page', () => {
  it("[checklist 13, 21] can't be stored or framed, and sends no referrer", async () => {
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

  it('[checklist 13, 21] loads nothing external and runs only its own script', async () => {
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

  it('has a new nonce each time', async () => {
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
    // Quotes can't end an attribute, and escaped text is escaped again.
    expect(text).not.toContain(`">&#60;`);
    expect(text).toContain('&#34;&#62;');
    expect(text).toContain('&#38;amp;');
  });

  it('submits its form automatically only if requested, and always has a button', async () => {
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

  it('has its language and a link', async () => {
    const { text } = await shown({
      link: { href: 'https://backstage.example/x?a=1&b=2', label: 'Return' },
    });
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<title>Title</title>');
    expect(text).toContain('<h1>Title</h1><p>Text</p>');
    expect(text).toContain('href="https://backstage.example/x?a=1&#38;b=2"');
  });
});
