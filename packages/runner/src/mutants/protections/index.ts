import { ProtectedPackage } from '../Protection';
import { access } from './access';
import { bounds, tokenMemoryBounds } from './bounds';
import { browserFlow } from './browserFlow';
import { apiAddresses, consumerCalls, gateway, scaffolder } from './calls';
import { descriptions } from './descriptions';
import { destinationRules, destinations } from './destinations';
import { endings } from './endings';
import { entered } from './entered';
import { explanations, pageWords } from './explanations';
import { files } from './files';
import { renewal } from './renewal';
import { requestLink } from './requestLink';
import { sealing } from './sealing';
import { settings } from './settings';
import { signing } from './signing';

/** All protections, each with the test that notices when it is disabled. */
export const protectedPackages: ProtectedPackage[] = [
  ...[settings, sealing, browserFlow, access, entered, endings],
  ...[
    files,
    signing,
    destinations,
    destinationRules,
    bounds,
    tokenMemoryBounds,
  ],
  ...[descriptions, explanations, pageWords],
  ...[gateway, apiAddresses, consumerCalls, scaffolder, renewal, requestLink],
];
