import { z } from 'zod';
import { instanceValue, isSecretValue } from './instanceValues';
import { templateExpressions } from './templates';
import { assertionAt } from './assertions';
import { SECRET_SETTINGS } from './bindingSettings';
import { GRANTS } from './grants';
import { checkHostTemplates } from './hostTemplates';
import { KIND_TEMPLATES } from './kinds/descriptors';
import { RESERVED_PARAMETERS } from './parameters';
import { TemplateReach } from './TemplateReach';
import { addFault, Fault, fault } from './faults';

/**
 * The settings in which templates are filled, and who sees the result. `*` is a key of a map or an item of a list.
 * Templates are rejected everywhere else, so a new setting can never be sent unfilled.
 *
 * @public
 */
export const TEMPLATE_PLACES: Readonly<Record<string, TemplateReach>> = {
  baseUrl: 'backend',
  'api.headers.*': 'backend',
  'api.query.*': 'backend',
  'auth.clientId': 'open',
  ...assertionAt('auth.clientAssertion').templates,
  'auth.issuer': 'open',
  'auth.token.url': 'backend',
  'auth.token.params.*': 'backend',
  'auth.token.query.*': 'backend',
  'auth.token.headers.*': 'backend',
  'auth.token.grantType': 'backend',
  'auth.token.body.*': 'backend',
  'auth.token.then.url': 'backend',
  'auth.token.then.params.*': 'backend',
  'auth.token.then.query.*': 'backend',
  'auth.token.then.headers.*': 'backend',
  'auth.token.then.authorization': 'backend',
  'auth.token.then.body.*': 'backend',
  'auth.token.authorization': 'backend',
  'auth.token.basic.username': 'backend',
  'auth.token.basic.password': 'backend',
  'auth.refresh.url': 'backend',
  'auth.refresh.params.*': 'backend',
  'auth.refresh.body.*': 'backend',
  'auth.refresh.grantType': 'backend',
  'auth.refresh.then.url': 'backend',
  'auth.refresh.then.params.*': 'backend',
  'auth.refresh.then.query.*': 'backend',
  'auth.refresh.then.headers.*': 'backend',
  'auth.refresh.then.authorization': 'backend',
  'auth.refresh.then.body.*': 'backend',
  'auth.refresh.scopes.*': 'open',
  'auth.revoke.url': 'backend',
  'auth.scopes.*': 'open',
  'auth.resource.*': 'open',
  'auth.audience': 'open',
  ...KIND_TEMPLATES,
  ...(Object.assign(
    {},
    ...Object.values(GRANTS).map(({ templates }) => templates),
  ) as Record<string, TemplateReach>),
};

/** Descriptive texts that are never sent: braces in them have no meaning. */
const PROSE = ['title', 'description', 'importedFrom'];

/** Addresses that get parameters appended to their query, which could contradict them. */
const ENDPOINTS = [
  'auth.authorize.pushedRequestUrl',
  'auth.token.url',
  'auth.refresh.url',
  'auth.revoke.url',
];

interface Text {
  path: string[];
  text: string;
}

/**
 * Rejects templates that nothing fills, secret values that anyone but the backend would see, and protocol parameters in
 * the query of an endpoint. It checks all texts of the settings, including settings that are in no list.
 */
export function checkTemplates(
  settings: {
    instance?: Record<string, unknown>;
    auth: object;
  },
  ctx: z.RefinementCtx,
): void {
  const { instance } = settings;
  const auth: { authorize?: { pushedRequestUrl?: string; params?: object } } =
    settings.auth;
  const refuse = (path: string[], found: Fault) =>
    addFault(ctx, found, { path });
  const pushed = Boolean(auth.authorize?.pushedRequestUrl);

  for (const { path, text } of textsOf(settings, [])) {
    const at = path.join('.');
    const place = placeOf(path);
    const reach =
      place === 'auth.authorize.params.*' && pushed
        ? 'backend'
        : TEMPLATE_PLACES[place];
    const expressions = templateExpressions(text);
    const secret = expressions.find(expression =>
      isSecretValue(instanceValue(expression, instance)),
    );
    if (reach !== 'backend' && secret !== undefined) {
      refuse(
        path,
        fault('fault.templateSecret', { template: `{{${secret}}}` }),
      );
    } else if (!reach && expressions.length && !PROSE.includes(path[0])) {
      refuse(path, fault('fault.templateUnsupported'));
    }
    checkHostTemplates({ at, text }, instance, (found, name) =>
      refuse(name === undefined ? path : ['instance', name], found),
    );
    if (ENDPOINTS.includes(at)) checkQuery(text, found => refuse(path, found));
  }
  if (pushed) return;
  for (const [name, value] of Object.entries(auth.authorize?.params ?? {})) {
    if (!isSecretValue(value)) continue;
    refuse(
      ['auth', 'authorize', 'params', name],
      fault('fault.secretInBrowser'),
    );
  }
}

function checkQuery(url: string, refuse: (found: Fault) => void): void {
  const query = url.split('?').slice(1).join('?');
  for (const pair of query.split('&').filter(Boolean)) {
    if (templateExpressions(pair.split('=')[0]).length) {
      refuse(fault('fault.parameterTemplate'));
      continue;
    }
    const [name = ''] = [...new URLSearchParams(pair).keys()];
    if (RESERVED_PARAMETERS.includes(name.trim().toLowerCase())) {
      refuse(fault('fault.parameterInQuery', { name }));
    }
  }
}

/** Returns all texts of the settings except secrets, with their paths. */
function textsOf(value: unknown, path: string[]): Text[] {
  if (typeof value === 'string')
    return SECRET_SETTINGS.includes(path.join('.'))
      ? []
      : [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  // A secret instance value is used as it is; other secret values are filled like plain ones.
  if (path[0] === 'instance' && path.length > 1 && isSecretValue(value))
    return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsOf(member, [...path, key]),
  );
}

/** Returns the row of {@link TEMPLATE_PLACES} that a path belongs to, if any. */
function placeOf(path: string[]): string {
  // A secret value is an object that contains its text.
  const full = path.join('.');
  if (Object.hasOwn(TEMPLATE_PLACES, full)) return full;
  const parents = Object.keys(TEMPLATE_PLACES)
    .filter(place => place.endsWith('.*'))
    .map(place => place.slice(0, -1));
  const parent = parents.find(prefix => full.startsWith(prefix));
  return parent ? `${parent}*` : full;
}
