import { OpenApiServer } from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';
import { shortText } from './shortText';

const MOST_SERVERS = 20;
const MOST_VARIABLES = 20;

/**
 * The servers of an API. A document that names none means the server it was read from (OpenAPI 3.1 section 4.8.1, Swagger
 * 2.0 on `host`), so without an address it has none.
 */
export function readServers(root: DescriptionPlace): OpenApiServer[] {
  const servers = root.member('swagger')
    ? swaggerServers(root)
    : listedServers(root);
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
        variables: (
          server.member('variables')?.members(MOST_VARIABLES) ?? []
        ).map(variable => ({
          name: variable.key.slice(0, 100),
          default: textOf(variable, 'default', 500),
          description: textOf(variable, 'description', 300),
          enum: optionsOf(variable),
        })),
        from: url.from,
      },
    ];
  });
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
