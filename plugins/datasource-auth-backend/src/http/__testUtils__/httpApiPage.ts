import { markdownTable, ResponseType, withInnerTypes } from 'runner/testUtils';
import { schemaRows } from './schemaRows';

const HEAD = `# HTTP API

\`make docs\` generates this page from the OpenAPI document at \`/api/datasource-auth/openapi.json\`, and a test checks that it is up to date.
Change \`plugins/datasource-auth-backend/src/http/apiOperations.ts\`, not this page.

All paths are below \`/api/datasource-auth\`. Send a Backstage token of a user, a plugin or an external caller in the \`Authorization\` header;
without one, the status is 401. Bodies are JSON of at most 256 KiB (25 MiB for an API description). Times are epoch milliseconds.

Permissions are named by their last word: \`read\` is \`datasource-auth.datasource.read\`. [Permissions](permissions.md) lists them all.
A **writer** is a user, also through a plugin that passes the user's credentials, or an external token whose access restrictions name the
permission; never a plugin as itself. While permissions are off, only \`datasourceAuth.access.managers\` may write.

Errors have the shape \`{ error: { name, message, code, link?, fields?, diagnosis?, retryAt? } }\`; [Error codes](errors.md) explains each
code. Two endpoints are for browsers and not listed here: \`POST /oauth/start\`, which exchanges a ticket for a redirect to the provider, and
\`/oauth/callback\`, to which the provider returns the browser.`;

const SETTINGS = `To set a **secret**, send a string; to remove it, send \`null\`; to keep it, omit it. Responses have \`{ set, updatedAt, updatedBy }\`. A
**value** is a string, or \`{ secret: true, value }\`, which is \`{ secret: true, set }\` in responses. [Providers](providers.md) explains
the settings.`;

interface Operation {
  summary: string;
  description: string;
  parameters: Array<{ name: string; in: string }>;
  requestBody?: any;
  responses: Record<string, any>;
}

/** Generates docs/http-api.md from the OpenAPI document and the types of the responses. */
export function httpApiPage(
  document: { paths?: Record<string, Record<string, Operation>> },
  types: Map<string, ResponseType>,
): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(
    ([path, methods]) => sameInOne(path, methods),
  );
  const settings = operations.find(
    ({ title }) => title === 'POST /datasources',
  )!.operation.requestBody.content['application/json'].schema;
  const answers = operations.flatMap(({ operation }) =>
    Object.entries(operation.responses)
      .filter(([status]) => Number(status) < 300)
      .map(([, { description }]) => description),
  );
  const shown = withInnerTypes(answers, types);
  const names = new Set(shown.map(({ name }) => name));
  return `${[
    HEAD,
    '## Endpoints',
    ...operations.map(({ title, operation }) =>
      callSection(title, operation, names),
    ),
    '## Settings',
    SETTINGS,
    rowsTable(settings, path => !/^(credential|authorizationId)\b/.test(path)),
    '## Responses',
    ...shown.map(type => typeSection(type, names)),
  ].join('\n\n')}\n`;
}

/** Groups methods of a path with the same description. */
function sameInOne(path: string, methods: Record<string, Operation>) {
  const groups = new Map<string, { methods: string[]; operation: Operation }>();
  for (const [method, operation] of Object.entries(methods)) {
    const group = groups.get(operation.summary) ?? { methods: [], operation };
    group.methods.push(method.toUpperCase());
    groups.set(operation.summary, group);
  }
  return [...groups.values()].map(group => ({
    title: `${group.methods.join(', ')} ${path}`,
    operation: group.operation,
  }));
}

function callSection(
  title: string,
  operation: Operation,
  types: Set<string>,
): string {
  const { summary, description, parameters, requestBody } = operation;
  const named = (place: string) =>
    parameters
      .filter(parameter => parameter.in === place)
      .map(({ name }) => `\`${name}\``)
      .join(', ');
  const query = named('query');
  const headers = named('header');
  const lines = [
    `- **Who**: ${description}`,
    ...(query ? [`- **Query**: ${query}`] : []),
    ...(headers ? [`- **Headers**: ${headers}`] : []),
    ...Object.entries(operation.responses)
      .filter(([status]) => Number(status) < 300)
      .map(
        ([status, answer]) =>
          `- **Response**: ${status}, ${
            types.has(answer.description)
              ? typeLink(answer.description, types)
              : answer.description
          }`,
      ),
  ];
  const errors = errorsLine(operation.responses);
  if (errors) lines.push(`- **Errors**: ${errors}`);
  const body = requestBody?.content['application/json'].schema;
  return [
    `### \`${title}\``,
    `${summary}${/[.]$/.test(summary) ? '' : '.'}`,
    lines.join('\n'),
    ...(body ? ['Body:', bodyTable(body)] : []),
  ].join('\n\n');
}

/** Returns the fields of a body. The settings have their own table. */
function bodyTable(schema: any): string {
  const { auth, settings } = schema.properties;
  if (auth) {
    return `All [settings](#settings), and:\n\n${rowsTable(schema, path =>
      /^(credential|authorizationId)\b/.test(path),
    )}`;
  }
  const table = rowsTable(schema, path => !path.startsWith('settings.'));
  return settings
    ? `\`settings\` are [settings](#settings).\n\n${table}`
    : table;
}

function rowsTable(schema: any, wanted: (path: string) => boolean): string {
  return markdownTable(
    ['Field', 'Description'],
    schemaRows(schema)
      .filter(({ path }) => wanted(path))
      .map(({ path, required, what }) => [
        `\`${path}\`${required ? ', required' : ''}`,
        what,
      ]),
  );
}

function errorsLine(responses: Record<string, any>): string {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400 && status !== '401')
    .map(([status, { content }]) => {
      const [, { properties }] = content['application/json'].schema.allOf;
      const codes: string[] = properties.error.properties.code.enum;
      return `${status} ${codes.map(code => `\`${code}\``).join(', ')}`;
    })
    .join('; ');
}

function typeSection(type: ResponseType, types: Set<string>): string {
  const { name, text, base, members } = type;
  return [
    `### \`${name}\``,
    ...(text ? [text] : []),
    ...(base === 'DatasourceSettingsView'
      ? ['All [settings](#settings), including defaults, and:']
      : []),
    markdownTable(
      ['Field', 'Type', 'Description'],
      members.map(member => [
        `\`${member.name}\`${member.optional ? ', optional' : ''}`,
        typeCell(member.type, types),
        member.text,
      ]),
    ),
  ].join('\n\n');
}

/** Joins alternatives with "or", because a bar would end the cell. */
function typeCell(type: string, types: Set<string>): string {
  if (/[<{]/.test(type)) return `\`${type.replace(/ \| /g, ' or ')}\``;
  return type
    .replace(/^\| /, '')
    .split(' | ')
    .map(part => typeLink(part, types))
    .join(' or ');
}

function typeLink(type: string, types: Set<string>): string {
  const [, inner] = /^(\w+)(?:\[\])?$/.exec(type) ?? [];
  if (inner && types.has(inner)) {
    return `[\`${type}\`](#${inner.toLowerCase()})`;
  }
  return `\`${type}\``;
}
