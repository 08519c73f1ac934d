import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import { actAs } from '../delegations/actAs';
import { TaskDelegations } from '../delegations/TaskDelegations';
import { readResponse } from './responseBody';
import { datasourceFetchExamples } from './datasourceFetch.examples';
import { requestBody, requestHeaders } from './templateRequest';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const TIMEOUT_MS = 60_000;
const QUOTED_CHARACTERS = 300;

/**
 * Creates the action `datasource:fetch`: calls the API of a datasource on behalf of the user who runs the template.
 *
 * @remarks
 *
 * Outputs are stored and shown to everyone who can see the task. So they never contain the token, even if an API echoes
 * it. A dry run calls nothing.
 */
export function createDatasourceFetchAction(options: {
  tokens: DatasourceAuthService;
  delegations: TaskDelegations;
}) {
  const { tokens, delegations } = options;
  return createTemplateAction({
    id: 'datasource:fetch',
    description:
      'Calls the API of a datasource with its token, on behalf of the user who runs the template',
    supportsDryRun: true,
    examples: datasourceFetchExamples,
    schema: {
      input: {
        datasource: z => z.string({ description: 'Name of the datasource' }),
        as: z =>
          z
            .enum(['service', 'user'], {
              description:
                'Whose credential: the shared one (the default), or the account that the user who runs the template connected',
            })
            .optional(),
        path: z =>
          z.string({
            description:
              'Path below the base URL of the datasource, or an absolute URL on one of its allowed hosts',
          }),
        method: z =>
          z.enum(METHODS, { description: 'GET by default' }).optional(),
        encodedSlash: z =>
          z
            .boolean({
              description:
                'Accept %2F in the path, for an API that treats it as part of a segment',
            })
            .optional(),
        query: z =>
          z
            .record(z.union([z.string(), z.number(), z.boolean()]), {
              description: 'Parameters that are added to the URL',
            })
            .optional(),
        headers: z =>
          z
            .record(z.string(), {
              description: 'Request headers, besides the authentication',
            })
            .optional(),
        body: z =>
          z
            .union([z.string(), z.record(z.any()), z.array(z.any())], {
              description: 'A text is sent unchanged, anything else as JSON',
            })
            .optional(),
        continueOnBadResponse: z =>
          z
            .boolean({
              description: 'Continue if the API responds with an error status',
            })
            .optional(),
      },
      output: {
        status: z => z.number({ description: 'HTTP status of the response' }),
        ok: z => z.boolean({ description: 'Whether it is a success' }),
        body: z =>
          z.any({
            description: 'The response: parsed if it is JSON, else text',
          }),
      },
    },
    async handler(ctx) {
      const { datasource, path, method = 'GET', as } = ctx.input;
      const headers = requestHeaders(ctx.input.headers);
      const body = requestBody(ctx.input.body, headers);
      if (body !== undefined && (method === 'GET' || method === 'HEAD'))
        throw new InputError(`A ${method} request takes no body`);
      const call = `${method} ${
        path.split('?')[0]
      } of datasource '${datasource}'`;
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: skipped ${call}`);
        ctx.output('status', 200);
        ctx.output('ok', true);
        ctx.output('body', {});
        return;
      }

      const signal = AbortSignal.any([
        AbortSignal.timeout(TIMEOUT_MS),
        ...(ctx.signal ? [ctx.signal] : []),
      ]);
      const { response, secrets } = await actAs(
        as,
        { running: ctx, datasource, delegations },
        async acting => {
          const target = { ...acting, datasource, signal };
          const before = await tokens.getToken(target);
          const fetched = await tokens.fetch(
            target,
            withQuery(path, ctx.input.query),
            { method, headers, body, encodedSlash: ctx.input.encodedSlash },
          );
          // Another one if the first was rejected
          const after = await tokens.getToken(target);
          return {
            response: fetched,
            secrets: [...before.secrets, ...after.secrets],
          };
        },
      );
      const answer = await readResponse(response, secrets);

      ctx.logger.info(`${call} returned HTTP ${response.status}`);
      if (!response.ok && !ctx.input.continueOnBadResponse) {
        const quoted = answer.text.slice(0, QUOTED_CHARACTERS);
        throw new Error(
          `${call} returned HTTP ${response.status}${quoted && `: ${quoted}`}`,
        );
      }
      ctx.output('status', response.status);
      ctx.output('ok', response.ok);
      ctx.output('body', answer.body);
    },
  });
}

function withQuery(
  path: string,
  query: Record<string, string | number | boolean> = {},
): string {
  const added = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  if (added === '') return path;
  const [bare] = path.split('#');
  return `${bare}${bare.includes('?') ? '&' : '?'}${added}`;
}
