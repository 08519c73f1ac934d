import type { DemoClient } from './demoClients';
import { escape, type Page } from './pages';

/** The provider's console. */
export function consolePage(options: {
  clients: DemoClient[];
  apiKey: string;
  tenant: string;
  result?: { saved: string } | { failed: string };
}): Page {
  const { clients, apiKey, tenant, result } = options;
  return {
    title: 'Console',
    isWide: true,
    body: `<h1>Console of the demo provider</h1>
<p>Only for the demo: without sign-in, and on this machine only. Click a value to select it.</p>
${notice(result)}
${values({ 'Tenant ID': tenant, 'API key (header X-API-Key)': apiKey })}
${clients.map(clientSection).join('\n')}`,
  };
}

function notice(result?: { saved: string } | { failed: string }): string {
  if (!result) return '';
  return 'saved' in result
    ? `<p role="status">Redirect URIs of ${escape(result.saved)} saved.</p>`
    : `<p class="alert" role="alert">${escape(result.failed)}</p>`;
}

function clientSection(client: DemoClient): string {
  const { id, name, secret, grants, scope, authentication } = client;
  return `<section>
<h2>${escape(name)}</h2>
${values({
  'Client ID': id,
  ...(authentication !== 'none' && { 'Client secret': secret }),
  'Grant types': grants.join(' '),
  Scopes: scope,
})}
${grants.includes('authorization_code') ? redirectUrisForm(client) : ''}
</section>`;
}

function redirectUrisForm({ id, redirectUris = [] }: DemoClient): string {
  return `<form method="post" action="/console">
<label>Redirect URIs of ${escape(id)}, one per line
<textarea name="redirectUris" rows="${redirectUris.length + 1}">${escape(
    redirectUris.join('\n'),
  )}</textarea></label>
<button class="primary" name="client" value="${escape(
    id,
  )}">Save redirect URIs</button>
</form>`;
}

function values(entries: Record<string, string>): string {
  const rows = Object.entries(entries).map(
    ([label, value]) =>
      `<dt>${escape(label)}</dt><dd><code>${escape(value)}</code></dd>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}
