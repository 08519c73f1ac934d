/**
 * Who sees a text of the settings once its templates are filled. `backend`: only requests that the backend sends
 * (token, refresh, revocation, pushed authorization, API). `open`: also a browser, a person, or another server.
 *
 * @public
 */
export type TemplateReach = 'backend' | 'open';
