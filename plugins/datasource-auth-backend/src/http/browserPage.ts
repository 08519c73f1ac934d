import { randomBytes } from 'node:crypto';
import type { Response } from 'express';

/** An HTML page for the user in the browser. It works without scripts, in light and dark mode. */
export interface BrowserPage {
  status: number;
  title: string;
  text: string;
  /** A link. */
  link?: { href: string; label: string };
  /** A form with one visible button. */
  form?: {
    action: string;
    fields: Record<string, string>;
    label: string;
    /** Submits automatically if scripts run. */
    submit?: boolean;
  };
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.5rem}button,a.button{font:inherit;display:inline-block;padding:.6rem 1.2rem;border-radius:4px;border:1px solid currentColor;background:none;color:inherit;cursor:pointer;text-decoration:none}`;

/**
 * Responds with a page that can't be stored or embedded and sends no referrers, under a policy that runs only
 * its own script.
 */
export function sendBrowserPage(res: Response, page: BrowserPage): void {
  const nonce = randomBytes(16).toString('base64url');
  const { form, link } = page;
  res
    .status(page.status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Type': 'text/html; charset=utf-8',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Content-Security-Policy': [
        "default-src 'none'",
        `style-src 'nonce-${nonce}'`,
        `script-src 'nonce-${nonce}'`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    })
    .send(
      [
        '<!doctype html>',
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        `<title>${escapeHtml(page.title)}</title>`,
        `<style nonce="${nonce}">${STYLE}</style></head><body><main>`,
        `<h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.text)}</p>`,
        form ? formHtml(form) : '',
        link
          ? `<p><a class="button" href="${escapeHtml(link.href)}">${escapeHtml(
              link.label,
            )}</a></p>`
          : '',
        form?.submit
          ? `<script nonce="${nonce}">document.forms[0].submit()</script>`
          : '',
        '</main></body></html>',
      ].join('\n'),
    );
}

function formHtml(form: NonNullable<BrowserPage['form']>): string {
  const fields = Object.entries(form.fields).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(
        value,
      )}">`,
  );
  return `<form method="post" action="${escapeHtml(form.action)}">${fields.join(
    '',
  )}<button type="submit">${escapeHtml(form.label)}</button></form>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
