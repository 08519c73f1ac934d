import fc from 'fast-check';
import { dump } from 'js-yaml';
import {
  OpenApiProposal,
  openApiDraft,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { DescriptionError } from './DescriptionError';
import { proposeOpenApi } from './proposeOpenApi';
import { anyDescription, Description } from './__testUtils__/anyDescription';
import { oauthOf } from '../settings/oauthOf';

jest.setTimeout(120_000);
const RUNS = 300;

const propose = (document: unknown, yaml: boolean) =>
  proposeOpenApi({
    text: yaml
      ? dump(document, { noRefs: true, skipInvalid: true })
      : JSON.stringify(document),
    url: 'https://docs.example/v1/openapi.json',
    check: url => {
      if (new URL(url).hostname === 'blocked.example') throw new Error('No');
    },
  });

/** Returns the value at a JSON pointer. */
const at = (document: unknown, pointer: string) =>
  pointer
    .slice(2)
    .split('/')
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<any>((node, key) => node[key], document);

/** Returns the host of a URL without its templates, and nothing for that of the document itself. */
const literalHost = (url = '') =>
  (url.split('/')[2] ?? '')
    .replace(/\{\{.*?\}\}/g, '')
    .replace(/^\.|\.$/g, '')
    .replace(/^docs\.example$/, '');

const flowsOf = (proposal: OpenApiProposal) =>
  proposal.schemes.flatMap(scheme =>
    scheme.flows.map(flow => ({ scheme, flow })),
  );

/** Accepts only an error with a message. */
function reasonOf(error: Error): undefined {
  expect(error).toBeInstanceOf(DescriptionError);
  expect(error.message).not.toMatch(/undefined|\[object/);
}

/** Replaces the value of one node of a document. */
function replaceNode(
  document: unknown,
  which: number,
  value: unknown,
): unknown {
  const copy = structuredClone(document);
  const places: Array<[any, string]> = [];
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      visit((node as any)[key]);
    }
  };
  visit(copy);
  const [parent, key] = places[which % places.length];
  parent[key] = value;
  return copy;
}

describe('for generated API descriptions', () => {
  it('S4.3 S4.4 every flow is listed, and each value equals the one at its pointer', async () => {
    let flows = 0;
    await fc.assert(
      fc.asyncProperty(
        anyDescription(),
        fc.boolean(),
        async ({ document, written }: Description, yaml) => {
          const proposal = await propose(document, yaml);
          const found = flowsOf(proposal);
          expect(
            found.map(({ scheme, flow }) => [
              scheme.name,
              flow.flow,
              flow.grantType ?? flow.unusable,
            ]),
          ).toEqual(written);
          for (const { flow } of found) {
            for (const value of [
              flow.authorizeUrl,
              flow.tokenUrl,
              flow.refreshUrl,
            ]) {
              if (!value) continue;
              expect(at(document, value.from).trim()).toBe(value.value);
            }
          }
          flows += found.length;
        },
      ),
      { numRuns: RUNS },
    );
    expect(flows).toBeGreaterThan(RUNS);
  });

  it('S4.5 the required scopes are those that operations name', async () => {
    await fc.assert(
      fc.asyncProperty(anyDescription(), async ({ document, needed }) => {
        const proposal = await propose(document, false);
        for (const { name, requiredScopes } of proposal.schemes) {
          expect([...requiredScopes].sort()).toEqual(
            [...(needed.get(name) ?? [])].sort(),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('S4.6 every usable flow with every server makes valid settings, which send nothing to a host outside the document', async () => {
    let drafts = 0;
    await fc.assert(
      fc.asyncProperty(anyDescription(), async ({ document }) => {
        const proposal = await propose(document, false);
        const text = JSON.stringify(document);
        for (const { scheme, flow } of flowsOf(proposal)) {
          if (!flow.grantType) continue;
          for (let server = 0; server <= proposal.servers.length; server += 1) {
            const { settings } = openApiDraft(proposal, {
              scheme: scheme.name,
              flow: flow.flow,
              server,
              scopes: scheme.requiredScopes,
            });
            const auth = oauthOf(
              datasourceSettingsSchema.parse({ ...settings, name: 'draft' }),
            );
            const filled = (proposal.servers[server]?.variables ?? [])
              .reduce(
                (before, { name, default: value }) =>
                  value ? before.replaceAll(`{${name}}`, value) : before,
                text,
              )
              .toLowerCase();
            const strangers = [auth.token.url, auth.authorize.url]
              .map(literalHost)
              .filter(host => host && !filled.includes(host));
            expect(strangers).toEqual([]);
            drafts += 1;
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(drafts).toBeGreaterThan(RUNS);
  });

  it('one wrong value is ignored or rejected with a message, and never fails unexpectedly', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        anyDescription(),
        fc.nat(),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant({ $ref: '#/x' })),
        async ({ document }, which, value) => {
          const broken = replaceNode(document, which, value);
          const proposal = await propose(broken, false).catch(reasonOf);
          if (!proposal) return;
          read += 1;
          for (const { scheme, flow } of flowsOf(proposal)) {
            if (!flow.grantType) continue;
            const { settings } = openApiDraft(proposal, {
              scheme: scheme.name,
              flow: flow.flow,
              scopes: scheme.requiredScopes,
            });
            expect(() =>
              datasourceSettingsSchema.parse({ ...settings, name: 'draft' }),
            ).not.toThrow();
          }
        },
      ),
      { numRuns: RUNS },
    );
    // Most mistakes are in places that are never read. Only documents that get further prove something.
    expect(read).toBeGreaterThan(RUNS / 2);
  });
});
