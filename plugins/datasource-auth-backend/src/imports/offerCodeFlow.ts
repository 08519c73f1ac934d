import {
  hostOf,
  InstanceField,
  OpenApiFlow,
  OpenApiProposal,
  Preset,
  presetSettings,
} from 'backstage-plugin-datasource-auth-common';

const GRANT = 'authorization_code';

/**
 * Offers the authorization code grant for schemes with only the implicit flow, which servers shouldn't
 * support anymore (RFC 9700 section 2.1.2). The authorize URL is the document's. The rest comes from our
 * preset for its host, so a document doesn't decide where a client secret goes.
 */
export function offerCodeFlow(
  proposal: OpenApiProposal,
  presets: Preset[],
): OpenApiProposal {
  const hosts = proposal.servers.map(({ url }) => httpsHost(url));
  return {
    ...proposal,
    schemes: proposal.schemes.map(scheme =>
      scheme.flows.some(({ grantType }) => grantType)
        ? scheme
        : {
            ...scheme,
            flows: scheme.flows.map(flow =>
              flow.unusable === 'implicit'
                ? codeFlow(flow, { presets, hosts })
                : flow,
            ),
          },
    ),
  };
}

function codeFlow(
  { unusable, tokenUrl, refreshUrl, ...flow }: OpenApiFlow,
  known: { presets: Preset[]; hosts: string[] },
): OpenApiFlow {
  const found = presetOf(flow.authorizeUrl, known);
  const missing: string[] = [];
  if (!flow.authorizeUrl?.value) missing.push('authorizationUrl');
  if (!tokenUrl?.value && !found) missing.push('tokenUrl');
  return {
    ...flow,
    // An implicit flow has neither. If a document has one anyway, it counts only if nothing better is known.
    ...(!found && { tokenUrl, refreshUrl }),
    grantType: GRANT,
    insteadOfImplicit: true,
    missing,
    ...(found && {
      preset: {
        id: found.preset.id,
        title: found.preset.title,
        settings: presetSettings(found.preset, {
          way: GRANT,
          instance: found.instance,
        }),
      },
    }),
  };
}

/** Of several presets with the same host, prefers the one for this API, then the one for any API there. */
function presetOf(
  authorizeUrl: OpenApiFlow['authorizeUrl'],
  { presets, hosts }: { presets: Preset[]; hosts: string[] },
) {
  if (!authorizeUrl || authorizeUrl.problem) return undefined;
  const host = httpsHost(authorizeUrl.value);
  const found = presets.flatMap(preset => {
    const instance = preset.ways.includes(GRANT)
      ? instanceOf(preset, host)
      : undefined;
    return instance ? [{ preset, instance }] : [];
  });
  return (
    found.find(({ preset: { settings } }) =>
      hosts.includes(httpsHost(settings.baseUrl)),
    ) ??
    found.find(({ preset }) => preset.settings.baseUrl === undefined) ??
    found[0]
  );
}

/** Returns the instance values with which a preset's authorize URL has this host, or undefined if there are none. */
function instanceOf(
  preset: Preset,
  host: string,
): Record<string, string> | undefined {
  const template = preset.settings.auth?.authorize?.url?.split('/')[2];
  if (!host || !template) return undefined;
  const parts = template.split(/\{\{\s*instance\.(\w+)\s*\}\}/);
  const literal = parts.some((part, index) => index % 2 === 0 && part);
  const pattern = parts
    .map((part, index) => {
      if (index % 2 === 0) return escaped(part);
      const field = preset.instance.find(({ name }) => name === part);
      return `(?<${part}>${patternOf(field, Boolean(literal))})`;
    })
    .join('');
  const match = new RegExp(`^${pattern}$`, 'i').exec(host);
  return match ? { ...match.groups } : undefined;
}

/** A field that is the whole host and accepts any value doesn't identify its owner, except by its default. */
function patternOf(field: InstanceField | undefined, literal: boolean): string {
  const pattern = field?.pattern;
  const closed = pattern && !new RegExp(`^(?:${pattern})$`).test('any.example');
  if (pattern && (literal || closed)) return pattern;
  return field?.default === undefined ? '(?!)' : escaped(field.default);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Of an HTTPS URL without templates. */
function httpsHost(url: string | undefined): string {
  return (url?.startsWith('https://') && hostOf(url)) || '';
}
