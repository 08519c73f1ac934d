import { ENDPOINT_SETTINGS } from './bindingSettings';
import { templateExpressions } from './templates';
import { Fault, fault } from './faults';

/** URLs that can start with a template for their whole host. */
const HOST_PLACES: readonly string[] = [
  'baseUrl',
  'auth.issuer',
  ...ENDPOINT_SETTINGS,
];

const AUTHORITY =
  /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[\w.~-]+)*\/?$/i;

/**
 * Returns whether a text is a host, with a port and path segments if needed, and nothing that another parser could read
 * as another host or path.
 *
 * @public
 */
export function isAuthority(text: string): boolean {
  const segments = text.split('/').slice(1);
  return (
    AUTHORITY.test(text) && !segments.some(segment => /^\.+$/.test(segment))
  );
}

/**
 * Returns the name of the instance value in `{{authority instance.x}}`, or undefined for any other expression.
 *
 * @public
 */
export function authorityName(expression: string): string | undefined {
  return /^authority\s+instance\.(\w+)$/.exec(expression)?.[1];
}

/**
 * Returns the expression of the template that is the whole host of a URL, if there is one.
 *
 * @public
 */
export function hostExpression(url: string): string | undefined {
  const [, template] =
    /^https?:\/\/(\{\{[^{}]*\}\})(?:[/?]|$)/i.exec(url) ?? [];
  return template === undefined ? undefined : templateExpressions(template)[0];
}

/**
 * Returns the kept value that a URL takes its whole host from, if it does.
 *
 * @public
 */
export function keptHostName(url: string): string | undefined {
  return /^kept\.(.+)$/.exec(hostExpression(url) ?? '')?.[1];
}

/** Refuses a template for a host anywhere else, and a value that is more than a host. */
export function checkHostTemplates(
  { at, text }: { at: string; text: string },
  instance: Record<string, unknown> = {},
  refuse: (found: Fault, name?: string) => void,
): void {
  const whole = HOST_PLACES.includes(at) ? hostExpression(text) : undefined;
  const names = templateExpressions(text).filter(expression =>
    expression.startsWith('authority'),
  );
  if (names.length > (authorityName(whole ?? '') ? 1 : 0)) {
    refuse(
      fault('fault.hostTemplate', { template: '{{authority instance.x}}' }),
    );
    return;
  }
  const name = authorityName(whole ?? '');
  const value = name === undefined ? undefined : instance[name];
  if (typeof value !== 'string' || value === '' || isAuthority(value)) return;
  refuse(fault('fault.hostValue'), name);
}
