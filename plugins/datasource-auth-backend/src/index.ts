/**
 * Backstage backend plugin that obtains, keeps alive and hands out OAuth 2.0 tokens for external APIs.
 *
 * @packageDocumentation
 */
export { datasourceAuthPlugin as default } from './plugin';
