import { createHash } from 'node:crypto';
import type { DemoAccount } from './demoAccounts';

/** A complete page with its title. */
export interface Page {
  title: string;
  body: string;
  isWide?: boolean;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2530; --soft: #5b6876; --paper: #fff; --ground: #eef1f6; --line: #c9d1db;
  --accent: #2f5bd0; --on-accent: #fff; --alert: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f6; --soft: #a9b4c2; --paper: #1f2733; --ground: #12171f;
  --line: #45505f; --accent: #8fb0ff; --on-accent: #0d1422; --alert: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; }
main.wide { max-width: 48rem; }
section { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h2 { margin: 0; font-size: 1.125rem; }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .25rem 1rem; margin: .75rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd code { user-select: all; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.25; }
p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere; }
p.alert { color: var(--alert); }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input:not([type=checkbox]) { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: 0 .75rem;
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
textarea { display: block; width: 100%; margin-top: .25rem; padding: .5rem .75rem; font: .9375rem/1.5 monospace;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
fieldset label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; margin: 0; font-weight: 400;
  border-bottom: 1px solid var(--line); }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
button { width: 100%; min-height: 2.75rem; margin-top: .5rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--accent); background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button.primary { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font-size: .9375rem; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Responds with a page that loads nothing external and runs no script. */
export function showPage(
  ctx: { set(name: string, value: string): void; type: string; body: unknown },
  page: Page,
) {
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`,
  );
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'html';
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)} – Demo provider</title>
<style>${STYLE}</style>
</head>
<body>
<main${page.isWide ? ' class="wide"' : ''}>
${page.body}
</main>
</body>
</html>
`;
}

/** Sign-in page. */
export function signInPage(options: {
  action: string;
  clientName: string;
  accounts: DemoAccount[];
  username?: string;
  failed?: boolean;
}): Page {
  const { action, clientName, accounts, username = '', failed } = options;
  const [example] = accounts;
  const people = accounts
    .filter(({ password }) => password === example.password)
    .map(({ username: name }) => `<code>${escape(name)}</code>`);
  return {
    title: 'Sign in',
    body: `<h1>Sign in</h1>
<p>${escape(clientName)} wants to work with the demo provider for you.</p>
${failed ? '<p class="alert" role="alert">Wrong username or password.</p>' : ''}
<form method="post" action="${escape(action)}">
<label>Username <input name="username" autocomplete="username" autocapitalize="none" required value="${escape(
      username,
    )}"></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
${
  example
    ? `<p>In this demo: ${people.join(
        ' or ',
      )}, with the password <code>${escape(example.password)}</code></p>`
    : ''
}
<button class="primary" name="step" value="login">Sign in</button>
<button name="step" value="abort" formnovalidate>Cancel</button>
</form>`,
  };
}

/** Consent page. */
export function consentPage(options: {
  action: string;
  clientName: string;
  account: string;
  scopes: Array<{ scope: string; meaning: string }>;
}): Page {
  const { action, clientName, account, scopes } = options;
  return {
    title: 'Allow access',
    body: `<h1>Allow ${escape(clientName)}?</h1>
<p>You are signed in as <strong>${escape(account)}</strong>.</p>
<form method="post" action="${escape(action)}">
<fieldset>
<legend>It wants to:</legend>
${scopes
  .map(
    ({ scope, meaning }) =>
      `<label><input type="checkbox" name="scope" value="${escape(
        scope,
      )}" checked> ${escape(meaning)}</label>`,
  )
  .join('\n')}
</fieldset>
<button class="primary" name="step" value="consent">Allow</button>
<button name="step" value="abort">Deny</button>
</form>`,
  };
}

/** Shown if no redirect to the client is possible, for example for an unknown redirect URI. */
export function failurePage(failure: {
  error: string;
  error_description?: string;
}): Page {
  return {
    title: "This didn't work",
    body: `<h1>This didn't work</h1>
<p class="alert" role="alert">${escape(
      failure.error_description ?? failure.error,
    )}</p>
<p>Error code: <code>${escape(failure.error)}</code></p>`,
  };
}

/** Escapes a text for HTML. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
