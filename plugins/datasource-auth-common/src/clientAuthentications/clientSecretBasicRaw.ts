import { clientSecretBasic } from './clientSecretBasic';

/** Basic without the form-encoding of RFC 6749 section 2.3.1. It differs on the wire only. */
export const clientSecretBasicRaw = clientSecretBasic;
