import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  OnConnect,
  Resolve,
} from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from './Egress';
import { readEgressPolicy } from './EgressPolicy';

/** Creates the access to the network, whose rules follow the configuration. */
export function createEgress(options: {
  rootConfig: Config;
  logger: LoggerService;
  onConnect?: OnConnect;
  resolve?: Resolve;
}): {
  egress: Egress;
  /** Whether a changed `datasourceAuth.egress` is invalid, so that the previous rules apply. */
  egressRejected: () => boolean;
} {
  const { rootConfig, logger, onConnect, resolve } = options;
  const egress = new Egress(readEgressPolicy(rootConfig), {
    onConnect,
    resolve,
  });
  let rejected = false;
  rootConfig.subscribe?.(() => {
    try {
      egress.update(readEgressPolicy(rootConfig));
      rejected = false;
    } catch (error) {
      rejected = true;
      logger.error(
        `The changed datasourceAuth.egress is invalid, so the previous rules still apply. ${
          error instanceof Error ? error.message : ''
        }`,
      );
    }
  });
  if (egress.usesProxy) {
    logger.warn(
      'Calls go through a corporate proxy, which resolves the host names, so only host rules are checked, not addresses. List the allowed hosts under datasourceAuth.egress.only, and block internal addresses in the proxy.',
    );
  }
  return { egress, egressRejected: () => rejected };
}
