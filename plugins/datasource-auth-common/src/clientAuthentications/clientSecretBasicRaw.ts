import { clientSecretBasic } from './clientSecretBasic';

/** Basic without the form-encoding of RFC 6749 section 2.3.1. Only the request differs. */
export const clientSecretBasicRaw = clientSecretBasic;
