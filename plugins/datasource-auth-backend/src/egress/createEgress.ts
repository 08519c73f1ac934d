import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { OnConnect } from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from './Egress';
import { readEgressPolicy } from './EgressPolicy';

/** Makes the door to the network, whose rules follow the configuration. */
export function createEgress(options: {
  rootConfig: Config;
  logger: LoggerService;
  onConnect?: OnConnect;
}): {
  egress: Egress;
  /** Whether a changed `datasourceAuth.egress` could not be read, and the previous rules stay. */
  egressRejected: () => boolean;
} {
  const { rootConfig, logger, onConnect } = options;
  const egress = new Egress(readEgressPolicy(rootConfig), { onConnect });
  let rejected = false;
  rootConfig.subscribe?.(() => {
    try {
      egress.update(readEgressPolicy(rootConfig));
      rejected = false;
    } catch (error) {
      rejected = true;
      logger.error(
        `The changed datasourceAuth.egress is not applied, the previous rules stay. ${
          error instanceof Error ? error.message : ''
        }`,
      );
    }
  });
  if (egress.usesProxy) {
    logger.warn(
      'Calls go through a corporate proxy, which resolves the names: addresses are not checked, only the rules about hosts are. Limit them with datasourceAuth.egress.only.',
    );
  }
  return { egress, egressRejected: () => rejected };
}
