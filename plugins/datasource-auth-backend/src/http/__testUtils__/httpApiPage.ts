import { ResponseType, withInnerTypes } from './responseTypes';
import { markdownTable } from './markdownTable';
import { schemaRows } from './schemaRows';

const HEAD = `# HTTP API

\`make docs\` writes this page from the OpenAPI document that the plugin serves at \`/api/datasource-auth/openapi.json\`, and a test sees
that it is up to date. Change \`plugins/datasource-auth-backend/src/http/apiOperations.ts\`, not this page.

All paths stand under \`/api/datasource-auth\`. Calls bear a token of Backstage in the \`Authorization\` header: of a user, of a plugin, or
of an external caller; without one they answer 401. Bodies are JSON of at most 256 KiB (25 MiB for an API description). Times are epoch
milliseconds.

Permissions are named by their last word: \`read\` is \`datasource-auth.datasource.read\`, and [Permissions](permissions.md) has them all.
A **writer** is a person, also through a plugin that passes his credentials, or an external token whose access restrictions name the
permission; never a plugin by itself. While the permission framework is off, only \`datasourceAuth.access.managers\` write.

Errors have the shape \`{ error: { name, message, code, link?, fields?, diagnosis?, retryAt? } }\`; [Errors](errors.md) says what each code
means. Two addresses are for browsers and not in the list: \`POST /oauth/start\`, which takes a ticket to the provider, and
\`/oauth/callback\`, which the provider sends the browser back to.`;

const SETTINGS = `A **secret** is a text that sets it, \`null\` that removes it, or nothing, which keeps it. It reads as \`{ set, updatedAt, updatedBy }\`. A
**value** is a text, or \`{ secret: true, value }\`, which reads as \`{ secret: true, set }\`. What each setting is for:
[Providers](providers.md).`;

interface Operation {
  summary: string;
  description: string;
  parameters: Array<{ name: string; in: string }>;
  requestBody?: any;
  responses: Record<string, any>;
}

/** The page docs/http-api.md, out of the OpenAPI document and the types of the answers. */
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
    '## Calls',
    ...operations.map(({ title, operation }) =>
      callSection(title, operation, names),
    ),
    '## Settings',
    SETTINGS,
    rowsTable(settings, path => !/^(credential|authorizationId)\b/.test(path)),
    '## Answers',
    ...shown.map(type => typeSection(type, names)),
  ].join('\n\n')}\n`;
}

/** Methods of a path, those of which the same is said in one. */
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
          `- **Answer**: ${status}, ${
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

/** The members of a body; those of the settings have a table of their own. */
function bodyTable(schema: any): string {
  const { auth, settings } = schema.properties;
  if (auth) {
    return `All of [Settings](#settings), and:\n\n${rowsTable(schema, path =>
      /^(credential|authorizationId)\b/.test(path),
    )}`;
  }
  const table = rowsTable(schema, path => !path.startsWith('settings.'));
  return settings
    ? `\`settings\` are [Settings](#settings).\n\n${table}`
    : table;
}

function rowsTable(schema: any, wanted: (path: string) => boolean): string {
  return markdownTable(
    ['member', 'what'],
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
      ? ['All of [Settings](#settings), with every default filled in, and:']
      : []),
    markdownTable(
      ['member', 'type', 'what'],
      members.map(member => [
        `\`${member.name}\`${member.optional ? ', optional' : ''}`,
        typeCell(member.type, types),
        member.text,
      ]),
    ),
  ].join('\n\n');
}

/** A bar would end the cell, so alternatives are told in words. */
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
