import { Content } from '@backstage/core-components';
import { LiveRegion } from '../frame/LiveRegion';
import { ReadableTheme } from '../frame/ReadableTheme';
import { ConnectionsList } from './ConnectionsList';

/** A person's own connections, as a part of the settings page. */
export const MyConnections = () => (
  <ReadableTheme>
    <Content>
      <LiveRegion>
        <ConnectionsList />
      </LiveRegion>
    </Content>
  </ReadableTheme>
);
