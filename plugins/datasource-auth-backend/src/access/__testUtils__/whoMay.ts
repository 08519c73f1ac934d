import { callOf } from '../../__testUtils__/invitation';

/** Callers: one column each in the lines below, in this order. */
export const CALLERS = [
  'nobody',
  'guest without rights',
  'reader',
  'manager',
  'plugin on the list',
  'plugin not on the list',
  'external token that names every permission',
  'external token that names another permission',
  'static token called plugin:consumer-a',
  'plugin on the list, for the manager',
  'plugin on the list, for the guest',
  'plugin not on the list, for the manager',
] as const;

/** One of {@link CALLERS}. */
export type CallerKind = (typeof CALLERS)[number];

/** Objects that a request refers to. */
export interface World {
  issuer: string;
  /** Settings of a datasource with this name that allows `consumer-a`. */
  settings: (name: string) => object;
  /** Saves a datasource with a credential that allows `consumer-a`. */
  datasource: string;
  version: number;
  /** Starts an attempt as the manager: one that is granted, one that waits for its completion, one with a ticket. */
  granted: () => Promise<string>;
  returned: () => Promise<{ id: string; completion: string }>;
  ticket: () => Promise<string>;
  /** Asks as the manager, without a recipient. Returns the ID of the request and the secret of its link. */
  asked: (datasource?: string) => Promise<{ id: string; secret: string }>;
  /** Saves a datasource that a person authorizes. */
  forPerson: () => Promise<string>;
}

/** A request that is valid except, perhaps, for its caller. */
export interface Call {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Expected response per caller. `none` is a list without the datasource. */
export interface Line {
  call: (world: World) => Call | Promise<Call>;
  /** In the order of {@link CALLERS}, with permissions on and off. */
  on: string;
  off: string;
  /** Whether the request ends or changes what it refers to, so that the next one needs another. */
  spends?: boolean;
}

/** A line for requests that succeed with this status. */
type Rights = (ok: number) => Pick<Line, 'on' | 'off'>;

const open: Rights = ok => {
  const all = CALLERS.map(() => ok).join(' ');
  return { on: all, off: all };
};
const signedIn: Rights = ok => {
  const all = ['401', ...CALLERS.slice(1).map(() => ok)].join(' ');
  return { on: all, off: all };
};
const own: Rights = ok => {
  const all = `401 404 404 ${ok} 404 404 404 404 404 ${ok} 404 ${ok}`;
  return { on: all, off: all };
};
const inPerson = (ok: number | 'none') => {
  const all = `401 ${ok} ${ok} ${ok} 403 403 403 403 403 403 403 403`;
  return { on: all, off: all };
};
/** The guest is a user that several people share. */
const asIndividual: Rights = ok => {
  const all = `401 403 ${ok} ${ok} 403 403 403 403 403 403 403 403`;
  return { on: all, off: all };
};
const creates: Rights = ok => {
  const all = `401 403 403 ${ok} 403 403 ${ok} 403 403 ${ok} 403 ${ok}`;
  return { on: all, off: all };
};
const changes: Rights = ok => ({
  on: `401 404 403 ${ok} 403 403 ${ok} 404 403 ${ok} 404 ${ok}`,
  off: `401 403 403 ${ok} 403 403 ${ok} 404 403 ${ok} 403 ${ok}`,
});
/** As {@link changes}, but a plugin as itself can't learn that the datasource exists. */
const managesPeople = (ok: number | 'none') => ({
  on: `401 404 403 ${ok} 404 404 ${ok} 404 403 ${ok} 404 ${ok}`,
  off: `401 403 403 ${ok} 404 404 ${ok} 404 403 ${ok} 403 ${ok}`,
});
/** A link without a recipient is for users who may authorize. Others get "not found". */
const answersLink: Rights = ok => {
  const all = `401 404 404 ${ok} 403 403 403 403 403 ${ok} 404 ${ok}`;
  return { on: all, off: all };
};
const reads: Rights = ok => ({
  on: `401 404 ${ok} ${ok} 404 404 ${ok} 404 ${ok} ${ok} 404 ${ok}`,
  off: `401 ${ok} ${ok} ${ok} 404 404 ${ok} 404 ${ok} ${ok} ${ok} ${ok}`,
});
const readsTimeline: Rights = ok => ({
  on: `401 404 403 ${ok} 403 403 ${ok} 404 ${ok} ${ok} 404 ${ok}`,
  off: `401 ${ok} ${ok} ${ok} 403 403 ${ok} 404 ${ok} ${ok} ${ok} ${ok}`,
});
const calls: Rights = ok => ({
  on: `401 404 403 ${ok} ${ok} 403 ${ok} 404 403 ${ok} 404 403`,
  off: `401 ${ok} ${ok} ${ok} ${ok} 403 ${ok} 404 403 ${ok} ${ok} 403`,
});

const of = ({ datasource }: World, rest = '') => ({
  path: `/datasources/${datasource}${rest}`,
});

/** ID of a delegation that nobody has. */
const NOBODYS = '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1';

/** Target of a link without a recipient. */
async function invitation({ asked }: World, rest?: string, body?: object) {
  const { secret } = await asked();
  return callOf(secret, rest, body);
}

let count = 0;
/** An unused name. */
export const uniqueName = () => `fresh-${(count += 1)}`;

const DESCRIPTION = JSON.stringify({
  openapi: '3.0.0',
  info: { title: 'Described', version: '1' },
  paths: {},
  components: {
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        flows: {
          clientCredentials: { tokenUrl: 'https://x.example/t', scopes: {} },
        },
      },
    },
  },
});

/** Callers allowed per route: one line for each operation of the OpenAPI document and each other route. */
export const WHO_MAY: Record<string, Line> = {
  'GET /datasources': {
    call: ({ datasource }) => ({ path: `/datasources?search=${datasource}` }),
    on: '401 none 200 200 200 none 200 none 200 200 none 200',
    off: '401 200 200 200 200 none 200 none 200 200 200 200',
  },
  'POST /datasources': {
    call: ({ settings }) => ({
      path: '/datasources',
      body: settings(uniqueName()),
    }),
    ...creates(201),
  },
  'GET /datasources/{name}': {
    call: world => of(world),
    on: '401 404 200 200 200 404 200 404 200 200 404 200',
    off: '401 200 200 200 200 404 200 404 200 200 200 200',
  },
  'PUT /datasources/{name}': {
    call: world => ({
      ...of(world),
      body: world.settings(world.datasource),
      headers: { 'if-match': `"${world.version}"` },
    }),
    ...changes(200),
    spends: true,
  },
  'DELETE /datasources/{name}': {
    call: world => of(world, '?force=true'),
    ...changes(204),
    spends: true,
  },
  'DELETE /datasources/{name}/credential': {
    call: world => of(world, '/credential'),
    ...changes(200),
    spends: true,
  },
  'POST /datasources/{name}/token': {
    call: world => ({ ...of(world, '/token'), body: {} }),
    on: '401 403 403 403 200 403 403 403 403 200 403 403',
    off: '401 403 403 403 200 403 403 403 403 200 200 403',
  },
  'POST /datasources/{name}/test': {
    call: world => of(world, '/test'),
    ...changes(200),
  },
  'POST /datasources/{name}/rehearsal': {
    call: world => of(world, '/rehearsal'),
    ...changes(200),
  },
  'GET /datasources/{name}/activity': {
    call: world => of(world, '/activity'),
    ...readsTimeline(200),
  },
  'GET /datasources/{name}/consumers': {
    call: world => of(world, '/consumers'),
    ...readsTimeline(200),
  },
  'GET /datasources/{name}/impact': {
    call: world => of(world, '/impact'),
    ...reads(200),
  },
  'GET /datasources/{name}/description-changes': {
    call: world => of(world, '/description-changes'),
    ...reads(200),
  },
  'GET /datasources/{name}/authorization-requests': {
    call: async ({ forPerson, asked }) => {
      const name = await forPerson();
      await asked(name);
      return { path: `/datasources/${name}/authorization-requests` };
    },
    ...changes(200),
  },
  'GET /datasources/{name}/export': {
    call: world => of(world, '/export'),
    ...reads(200),
  },
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /gateway/{name}/{path}`,
      {
        call: ({ datasource }: World) => ({ path: `/gateway/${datasource}/x` }),
        ...calls(200),
      },
    ]),
  ),
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /calls/{name}`,
      {
        call: ({ datasource, settings }: World) => {
          const { baseUrl } = settings(datasource) as { baseUrl: string };
          const query = new URLSearchParams({ url: `${baseUrl}/x` });
          return { path: `/calls/${datasource}?${query}` };
        },
        on: '401 403 403 403 200 403 403 403 403 200 403 403',
        off: '401 403 403 403 200 403 403 403 403 200 200 403',
      },
    ]),
  ),
  'POST /authorizations': {
    call: ({ datasource }) => ({
      path: '/authorizations',
      body: { datasource, commit: true },
    }),
    ...changes(201),
  },
  'GET /authorizations/{id}': {
    call: async world => ({ path: `/authorizations/${await world.granted()}` }),
    ...own(200),
  },
  'DELETE /authorizations/{id}': {
    call: async world => ({ path: `/authorizations/${await world.granted()}` }),
    ...own(204),
  },
  'POST /authorizations/{id}/test': {
    call: async world => ({
      path: `/authorizations/${await world.granted()}/test`,
    }),
    ...own(200),
  },
  'POST /authorizations/{id}/completion': {
    call: async world => {
      const { id, completion } = await world.returned();
      return { path: `/authorizations/${id}/completion`, body: { completion } };
    },
    // The user who started it is no secret to someone with the link.
    on: '401 403 403 200 403 403 403 403 403 200 403 200',
    off: '401 403 403 200 403 403 403 403 403 200 403 200',
  },
  // Of an attempt for a shared credential, which is nobody's own: see connections.test.ts for others.
  'POST /authorizations/{id}/confirmation': {
    call: async world => ({
      path: `/authorizations/${await world.granted()}/confirmation`,
      body: {},
    }),
    ...own(409),
  },
  'GET /connections': {
    call: () => ({ path: '/connections' }),
    ...inPerson('none'),
  },
  'GET /connections/export': {
    call: () => ({ path: '/connections/export' }),
    ...asIndividual(200),
  },
  'DELETE /connections': {
    call: () => ({ path: '/connections' }),
    ...asIndividual(200),
  },
  // Of a datasource to which nobody connects: see enteredConnections.test.ts for others.
  'PUT /connections/{name}': {
    call: ({ datasource }) => ({
      path: `/connections/${datasource}`,
      body: { version: 'x', secrets: { 'auth.bearer': 'x' } },
    }),
    on: '401 403 403 400 403 403 403 403 403 403 403 403',
    off: '401 403 400 400 403 403 403 403 403 403 403 403',
  },
  'DELETE /connections/{name}': {
    call: ({ datasource }) => ({
      path: `/connections/${datasource}`,
    }),
    ...inPerson(404),
  },
  // Of a datasource without accounts of people: see delegations.test.ts for others.
  'POST /delegations': {
    call: ({ datasource }) => ({
      path: '/delegations',
      body: { datasource, purpose: 'Run 42', context: { task: '42' } },
    }),
    on: '401 403 403 403 400 403 403 403 403 400 403 403',
    off: '401 403 403 403 400 403 403 403 403 400 400 403',
  },
  'GET /delegations/{id}': {
    call: () => ({ path: `/delegations/${NOBODYS}` }),
    ...inPerson(404),
  },
  'POST /delegations/{id}/approval': {
    call: () => ({
      path: `/delegations/${NOBODYS}/approval`,
      body: { version: 'x' },
    }),
    ...inPerson(404),
  },
  'DELETE /delegations/{id}': {
    call: () => ({ path: `/delegations/${NOBODYS}` }),
    ...inPerson(404),
  },
  'GET /datasources/{name}/connections': {
    call: world => of(world, '/connections'),
    ...managesPeople('none'),
  },
  'DELETE /datasources/{name}/connections': {
    call: world => of(world, '/connections'),
    ...managesPeople(200),
  },
  'DELETE /datasources/{name}/connections/{user}': {
    call: world => of(world, '/connections/user%3Adefault%2Fjane'),
    ...managesPeople(404),
  },
  'POST /authorization-requests': {
    call: async ({ forPerson }) => ({
      path: '/authorization-requests',
      body: { datasource: await forPerson() },
    }),
    ...changes(201),
  },
  'GET /authorization-requests/invitation': {
    call: async world => invitation(world),
    ...answersLink(200),
  },
  'DELETE /authorization-requests/{id}': {
    call: async ({ asked }) => ({
      path: `/authorization-requests/${(await asked()).id}`,
    }),
    ...changes(204),
  },
  'POST /authorization-requests/invitation/authorization': {
    call: async world => invitation(world, '/authorization', {}),
    ...answersLink(201),
  },
  'POST /authorization-requests/invitation/decline': {
    call: async world => invitation(world, '/decline'),
    ...answersLink(200),
  },
  'POST /imports/issuer': {
    call: ({ issuer }) => ({ path: '/imports/issuer', body: { issuer } }),
    ...creates(200),
  },
  'POST /imports/openapi': {
    call: () => ({
      path: '/imports/openapi',
      body: { document: DESCRIPTION },
    }),
    ...creates(200),
  },
  'GET /plugins': { call: () => ({ path: '/plugins' }), ...creates(200) },
  ...Object.fromEntries(
    ['/providers', '/providers/schema.json', '/health', '/openapi.json'].map(
      path => [`GET ${path}`, { call: () => ({ path }), ...signedIn(200) }],
    ),
  ),
  'GET /oauth/start': {
    call: () => ({ path: '/oauth/start' }),
    ...open(200),
  },
  'POST /oauth/start': {
    call: async ({ ticket }) => ({
      path: '/oauth/start',
      body: new URLSearchParams({ ticket: await ticket() }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    ...open(303),
  },
  ...Object.fromEntries(
    ['/oauth/callback', '/oauth/callback/{name}'].flatMap(path =>
      ['GET', 'POST'].map(method => [
        `${method} ${path}`,
        {
          // With an unknown state. A valid one requires the browser's cookie, not a caller.
          call: () => ({
            path: `${path.replace('{name}', 'x')}?code=c&state=s`,
          }),
          ...open(400),
        },
      ]),
    ),
  ),
};
