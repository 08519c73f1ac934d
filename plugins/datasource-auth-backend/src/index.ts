/**
 * Backstage backend plugin that gets and refreshes OAuth 2.0 tokens for external APIs and provides them to other
 * plugins.
 *
 * @packageDocumentation
 */
export { datasourceAuthPlugin as default } from './plugin';
