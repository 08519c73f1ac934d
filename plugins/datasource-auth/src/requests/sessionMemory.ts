import { tabMemory } from '../approval/tabMemory';

/** The secret of the request from whose page the user leaves for the provider. */
export const requestBeforeRedirect = tabMemory('datasource-auth-request');

/** The secret of the opened link, until its page reads it. */
export const openedLink = tabMemory('datasource-auth-request-opened');
