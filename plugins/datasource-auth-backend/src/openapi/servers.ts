import {
  OpenApiServer,
  OpenApiVariable,
} from 'backstage-plugin-datasource-auth-common';
import { addressProblem, CheckUrl } from './addressAt';
import { DescriptionPlace } from './DescriptionPlace';
import { shortText } from './shortText';

const MOST_SERVERS = 20;
const MOST_VARIABLES = 20;

/**
 * Returns the servers of an API. A document without servers means the server it was read from (OpenAPI 3.1
 * section 4.8.1, Swagger 2.0 on `host`), so without a URL it has none.
 */
export function readServers(
  root: DescriptionPlace,
  check: CheckUrl,
): OpenApiServer[] {
  const servers = (
    root.member('swagger') ? swaggerServers(root) : listedServers(root)
  ).map(server => {
    const problem = addressProblem(withDefaults(server), check);
    return { ...server, ...(problem && { problem }) };
  });
  if (servers.length === 0 && root.document.url) {
    return [{ url: '/', variables: [], from: root.from }];
  }
  return servers;
}

function listedServers(root: DescriptionPlace): OpenApiServer[] {
  return (root.member('servers')?.items(MOST_SERVERS) ?? []).flatMap(server => {
    const url = server.member('url');
    if (typeof url?.value !== 'string' || url.value.length > 2_000) return [];
    return [
      {
        url: url.value.trim(),
        description: textOf(server, 'description', 300),
        variables: variablesOf(server, url.value.trim()),
        from: url.from,
      },
    ];
  });
}

function variablesOf(server: DescriptionPlace, url: string): OpenApiVariable[] {
  return (server.member('variables')?.members(MOST_VARIABLES) ?? []).map(
    variable => {
      const name = variable.key.slice(0, 100);
      const options = optionsOf(variable);
      const given = variable.member('default')?.value;
      return {
        name,
        default:
          textOf(variable, 'default', 500) ??
          schemeOf(url, name, options) ??
          // The document omits this part of the URL.
          (given === '' ? '' : undefined),
        description: textOf(variable, 'description', 300),
        enum: options,
      };
    },
  );
}

/** Scheme of a URL whose scheme is a variable without a default: HTTPS if it is one of the options. */
function schemeOf(
  url: string,
  variable: string,
  options: string[] = ['https'],
): string | undefined {
  if (!url.startsWith(`{${variable}}://`)) return undefined;
  return options.find(option => option === 'https') ?? options[0];
}

function withDefaults({ url, variables }: OpenApiServer): string {
  return variables.reduce(
    (address, { name, default: value }) =>
      value ? address.replaceAll(`{${name}}`, value) : address,
    url,
  );
}

function swaggerServers(root: DescriptionPlace): OpenApiServer[] {
  const host = root.member('host');
  const path = root.member('basePath');
  const basePath = textOf(root, 'basePath', 500) ?? '';
  const named = textOf(root, 'host', 500);
  if (!host || !named) {
    return path && root.document.url
      ? [{ url: basePath || '/', variables: [], from: path.from }]
      : [];
  }
  const given = (root.member('schemes')?.items(10) ?? []).map(
    scheme => scheme.value,
  );
  const schemes = ['https', 'http'].filter(scheme => given.includes(scheme));
  return (schemes.length ? schemes : ['https']).map(scheme => ({
    url: `${scheme}://${named}${basePath}`,
    variables: [],
    from: host.from,
  }));
}

function optionsOf(variable: DescriptionPlace): string[] | undefined {
  const options = (variable.member('enum')?.items(100) ?? []).flatMap(
    option => shortText(option.value, 500) ?? [],
  );
  return options.length ? options : undefined;
}

function textOf(place: DescriptionPlace, key: string, most: number) {
  return shortText(place.member(key)?.value, most);
}
