/*
 * Bodies and answers of the HTTP API under /api/datasource-auth. Times are epoch milliseconds throughout.
 */
export * from './activity';
export * from './authorizations';
export * from './consumers';
export * from './datasources';
export * from './health';
export * from './tokens';
export * from './verification';
